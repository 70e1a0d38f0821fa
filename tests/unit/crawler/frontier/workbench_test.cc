// SPDX-License-Identifier: Apache-2.0
#include "crawler/frontier/workbench.h"

#include <gtest/gtest.h>

namespace nightjar::frontier {
namespace {

Moment At(int seconds) { return Moment(std::chrono::seconds(seconds)); }

class WorkbenchTest : public ::testing::Test {
 protected:
  WorkbenchTest() {
    for (int host = 0; host < 3; ++host) bench_.AddLane(0, bench_.AddHost({}));
  }
  Workbench bench_;
};

TEST_F(WorkbenchTest, GivesLanesInTheOrderOfTheirMoments) {
  bench_.Schedule(2, At(1));
  bench_.Schedule(0, At(3));
  bench_.Schedule(1, At(2));
  EXPECT_EQ(bench_.NextReady(), At(1));
  EXPECT_EQ(bench_.TakeReady(At(2)), 2U);
  EXPECT_EQ(bench_.TakeReady(At(2)), 1U);
  EXPECT_EQ(bench_.TakeReady(At(2)), std::nullopt);
  EXPECT_EQ(bench_.NextReady(), At(3));
}

TEST_F(WorkbenchTest, KeepsTheEarliestMomentOfALaneAndGivesItOnce) {
  bench_.Schedule(0, At(5));
  bench_.Schedule(0, At(2));
  bench_.Schedule(0, At(9));
  EXPECT_EQ(bench_.TakeReady(At(10)), 0U);
  EXPECT_EQ(bench_.TakeReady(At(10)), std::nullopt);
  EXPECT_EQ(bench_.NextReady(), std::nullopt);
}

TEST_F(WorkbenchTest, ForgetsAnUnscheduledLane) {
  bench_.Schedule(0, At(1));
  bench_.Unschedule(0);
  EXPECT_EQ(bench_.NextReady(), std::nullopt);
  bench_.Schedule(0, At(4));
  EXPECT_EQ(bench_.NextReady(), At(4));
}

TEST_F(WorkbenchTest, SetsParkedLanesAsideUntilTheirHostIsFree) {
  const LaneNumber second = bench_.AddLane(1, 0);
  bench_.Park(0);
  bench_.Park(second);
  bench_.Schedule(0, At(1));
  EXPECT_EQ(bench_.NextReady(), std::nullopt);
  bench_.Unpark(1, At(1));
  EXPECT_EQ(bench_.NextReady(), std::nullopt) << "another host";
  bench_.Unpark(0, At(1));
  EXPECT_NE(bench_.TakeReady(At(1)), std::nullopt);
  EXPECT_NE(bench_.TakeReady(At(1)), std::nullopt);
  EXPECT_EQ(bench_.TakeReady(At(1)), std::nullopt);
}

TEST_F(WorkbenchTest, StaysCorrectOverManyRescheduledMoments) {
  for (int i = 10000; i > 0; --i) bench_.Schedule(static_cast<LaneNumber>(i % 3), At(i));
  EXPECT_EQ(bench_.TakeReady(At(10)), 1U);
  EXPECT_EQ(bench_.TakeReady(At(10)), 2U);
  EXPECT_EQ(bench_.TakeReady(At(10)), 0U);
  EXPECT_EQ(bench_.TakeReady(At(10)), std::nullopt);
}

}  // namespace
}  // namespace nightjar::frontier
