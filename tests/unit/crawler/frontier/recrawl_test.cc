// SPDX-License-Identifier: Apache-2.0
#include "crawler/frontier/recrawl.h"

#include "tests/unit/crawler/frontier/frontier_fixture.h"

namespace nightjar::frontier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr seconds kMin = hours(1);
constexpr seconds kMax = hours(100);

// Visits `count` times, each when the page is due; it changes every `period`, from the first visit on.
History Watch(seconds period, int count) {
  History history;
  Moment now{};
  for (int i = 0; i < count; ++i) {
    Learn(history, static_cast<std::uint64_t>(now.time_since_epoch() / period), now);
    now += IntervalOf(history, kMin, kMax);
  }
  return history;
}

TEST(Recrawl, BeginsAtTheMeanOfTheBounds) {
  History history;
  Learn(history, 1, Moment());
  EXPECT_NEAR(static_cast<double>(IntervalOf(history, kMin, kMax).count()), 36000, 1) << "sqrt(1 h * 100 h)";
}

TEST(Recrawl, FollowsTheRateAtWhichAPageChanges) {
  for (const seconds period : {seconds(hours(4)), seconds(hours(12)), seconds(hours(48))}) {
    const auto interval = static_cast<double>(IntervalOf(Watch(period, 60), kMin, kMax).count());
    const double ideal = 0.405 * static_cast<double>(period.count());  // changed with probability 1/3
    EXPECT_GT(interval, ideal / 2.5) << period.count();
    EXPECT_LT(interval, ideal * 3.5) << period.count();
  }
}

TEST(Recrawl, KeepsTheBounds) {
  EXPECT_EQ(IntervalOf(Watch(seconds(1), 60), kMin, kMax), kMin);
  EXPECT_GT(IntervalOf(Watch(hours(1'000'000), 60), kMin, kMax), kMax * 9 / 10);
}

TEST(Recrawl, NoticesAPageThatWakesUp) {
  History history = Watch(hours(1'000'000), 40);
  Moment now = history.last;
  int visits = 0;
  for (; IntervalOf(history, kMin, kMax) > hours(30); ++visits) {
    now += IntervalOf(history, kMin, kMax);
    Learn(history, 1000 + visits, now);
    ASSERT_LT(visits, 40);
  }
  EXPECT_LT(visits, 30);
}

TEST(Recrawl, LearnsNothingFromAVisitWithoutContent) {
  History history;
  Learn(history, 1, Moment());
  Learn(history, std::nullopt, Moment(hours(1)));
  EXPECT_EQ(history.visits, 0U);
  EXPECT_EQ(history.last, Moment(hours(1)));
}

class RecrawlTest : public FrontierTest {
 protected:
  void SetUp() override {
    FrontierTest::SetUp();
    terms_.recrawl = {.on = true, .min_interval = seconds(100), .max_interval = seconds(10000)};
    SetJobs({terms_});
  }
};

TEST_F(RecrawlTest, AsksAPageAgainWhenItIsDueAndCallsItDoneMeanwhile) {
  Add({"/"});
  Complete(Lease().at(0), {.content = 7});
  EXPECT_EQ(Total().done, 1U);
  EXPECT_THAT(Lease(), IsEmpty());
  EXPECT_TRUE(frontier_->Idle()) << "a crawl until idle does not wait for it";
  EXPECT_EQ(frontier_->NextDue(), Micros(seconds(1000))) << "the mean of the bounds";
  Open();
  clock_.Advance(seconds(999));
  EXPECT_THAT(Lease(), IsEmpty());
  clock_.Advance(seconds(1));
  EXPECT_FALSE(frontier_->Idle());
  const auto again = Lease();
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].attempt, 1U);
}

TEST_F(RecrawlTest, LooksAtBusyPagesMoreOftenThanAtStillOnesAndAtDeadOnesSeldom) {
  Add({"/busy", "/still", "/dead"});
  std::map<std::string, int> visits;
  terms_.recrawl.max_interval = seconds(2000);
  SetJobs({terms_});
  for (int steps = 0; clock_.Mono() < MonoTime(seconds(8000)) && steps < 1000; ++steps) {
    clock_.Advance(frontier_->NextDue().value_or(Micros(seconds(1))));
    for (const Task& task : Lease()) {
      const std::string path = task.url.substr(task.url.find('/', 8));
      const auto visit = static_cast<std::uint64_t>(++visits[path]);
      Complete(task, {.content = path == "/busy" ? visit : 1, .gone = path == "/dead"});
    }
  }
  EXPECT_GT(visits["/busy"], 3 * visits["/still"]);
  EXPECT_EQ(visits["/dead"], 5) << "at 0, 2000, ... 8000 s";
}

TEST_F(RecrawlTest, PrefersWhatIsOverdueToWhatIsNew) {
  Add({"/old"});
  Complete(Lease().at(0), {.content = 7});
  clock_.Advance(seconds(1001));
  Add({"/new"});
  EXPECT_EQ(Lease().at(0).url, "http://" + host_ + "/old");
}

}  // namespace
}  // namespace nightjar::frontier
