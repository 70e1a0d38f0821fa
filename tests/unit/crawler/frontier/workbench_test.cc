// SPDX-License-Identifier: Apache-2.0
#include "crawler/frontier/workbench.h"

#include <gtest/gtest.h>

#include <map>

#include "base/random.h"

namespace nightjar::frontier {
namespace {

Moment At(int seconds) { return Moment(std::chrono::seconds(seconds)); }

class WorkbenchTest : public ::testing::Test {
 protected:
  WorkbenchTest() {
    for (int job = 0; job < 2; ++job) bench_.AddJob();
    for (int host = 0; host < 3; ++host) bench_.AddLane(0, bench_.AddHost({}));
  }
  std::optional<LaneNumber> Take(Moment now, JobNumber job = 0) {
    bench_.Rouse(job, now);
    return bench_.Take(job);
  }
  Workbench bench_;
};

TEST_F(WorkbenchTest, GivesLanesInTheOrderOfTheirMoments) {
  bench_.Wake(2, At(1));
  bench_.Wake(0, At(3));
  bench_.Wake(1, At(2));
  EXPECT_EQ(bench_.NextReady(0, At(0)), At(1));
  EXPECT_EQ(Take(At(2)), 2U);
  EXPECT_EQ(Take(At(2)), 1U);
  EXPECT_EQ(Take(At(2)), std::nullopt);
  EXPECT_EQ(bench_.NextReady(0, At(2)), At(3));
}

TEST_F(WorkbenchTest, KeepsTheEarliestMomentOfALaneAndGivesItOnce) {
  bench_.Wake(0, At(5));
  bench_.Wake(0, At(2));
  bench_.Wake(0, At(9));
  EXPECT_EQ(Take(At(10)), 0U);
  EXPECT_EQ(Take(At(10)), std::nullopt);
  EXPECT_EQ(bench_.NextReady(0, At(10)), std::nullopt);
}

TEST_F(WorkbenchTest, ForgetsALaneAtRest) {
  bench_.Wake(0, At(1));
  bench_.Rest(0);
  EXPECT_EQ(bench_.NextReady(0, At(0)), std::nullopt);
  EXPECT_TRUE(bench_.AtRest(0));
  bench_.Wake(0, At(4));
  EXPECT_EQ(bench_.NextReady(0, At(0)), At(4));
}

TEST_F(WorkbenchTest, SetsParkedLanesAsideUntilTheirHostIsFree) {
  const LaneNumber second = bench_.AddLane(1, 0);
  bench_.Park(0);
  bench_.Park(second);
  bench_.Wake(0, At(1));
  EXPECT_EQ(bench_.NextReady(0, At(0)), std::nullopt);
  bench_.Unpark(1, [](LaneNumber) { return At(1); });
  EXPECT_EQ(bench_.NextReady(0, At(0)), std::nullopt) << "another host";
  bench_.Unpark(0, [&](LaneNumber lane) { return lane == second ? At(2) : At(1); });
  EXPECT_EQ(Take(At(2)), 0U);
  EXPECT_EQ(bench_.NextReady(1, At(0)), At(2));
  EXPECT_EQ(Take(At(2), 1), second);
}

TEST_F(WorkbenchTest, GivesTheOldestTurnFirstAmongTheReady) {
  for (LaneNumber lane = 0; lane < 3; ++lane) {
    bench_.Wake(lane, At(1));
    ASSERT_TRUE(Take(At(1)));
    bench_.SetTurn(lane, At(30 - static_cast<int>(lane) * 10));
    bench_.Sleep(lane, At(40));
  }
  bench_.Rouse(0, At(40));
  EXPECT_EQ(bench_.NextTurn(0), At(10));
  EXPECT_EQ(Take(At(40)), 2U);
  EXPECT_EQ(Take(At(40)), 1U);
  EXPECT_EQ(Take(At(40)), 0U);
}

TEST_F(WorkbenchTest, IsQuietWhenNothingButPatientLanesSleep) {
  EXPECT_TRUE(bench_.Quiet(0, At(0)));
  bench_.Sleep(0, At(5), true);
  EXPECT_TRUE(bench_.Quiet(0, At(0)));
  bench_.Sleep(1, At(7));
  EXPECT_FALSE(bench_.Quiet(0, At(0)));
  bench_.Rest(1);
  EXPECT_TRUE(bench_.Quiet(0, At(0)));
  bench_.Wake(0, At(9));
  EXPECT_FALSE(bench_.Quiet(0, At(0))) << "something else came to wait there";
  bench_.Rest(0);
  bench_.Sleep(0, At(5), true);
  EXPECT_FALSE(bench_.Quiet(0, At(5))) << "its moment came";
  bench_.Rouse(0, At(5));
  EXPECT_FALSE(bench_.Quiet(0, At(5)));
}

// The heaps against a map that is searched from end to end.
TEST_F(WorkbenchTest, AgreesWithANaiveBenchInALongRandomPlay) {
  for (int i = 0; i < 50; ++i) bench_.AddLane(0, 0);
  SeededRandom dice(5);
  std::map<LaneNumber, Moment> asleep;
  for (int step = 0; step < 20000; ++step) {
    const auto lane = static_cast<LaneNumber>(dice.Next() % bench_.lanes());
    const Moment when = At(static_cast<int>(dice.Next() % 1000));
    switch (dice.Next() % 4) {
      case 0:
        bench_.Wake(lane, when);
        asleep[lane] = asleep.contains(lane) ? std::min(asleep[lane], when) : when;
        break;
      case 1:
        bench_.Sleep(lane, when);
        asleep[lane] = when;
        break;
      case 2:
        bench_.Rest(lane);
        asleep.erase(lane);
        break;
      default:
        const auto taken = Take(when);
        const auto first = std::ranges::min_element(
            asleep, {}, [](const auto& entry) { return std::pair(entry.second, entry.first); });
        if (first == asleep.end() || first->second > when) {
          ASSERT_EQ(taken, std::nullopt);
        } else {
          ASSERT_EQ(taken, first->first);
          asleep.erase(first);
          for (const auto& [number, moment] : asleep) bench_.Sleep(number, moment);  // none stays ready
        }
    }
  }
}

}  // namespace
}  // namespace nightjar::frontier
