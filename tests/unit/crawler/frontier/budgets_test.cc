// SPDX-License-Identifier: Apache-2.0
// Bounds and order: budgets, quotas, priorities.
#include "tests/unit/crawler/frontier/frontier_fixture.h"

namespace nightjar::frontier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class BudgetsTest : public FrontierTest {
 protected:
  std::uint64_t Excluded(Exclusion exclusion) const {
    return Row().excluded.at(static_cast<std::size_t>(exclusion));
  }
  static std::string Seed(char host) { return "http://" + OnionHost(host) + "/"; }
};

TEST_F(BudgetsTest, StopsWhenTheBytesAreSpent) {
  terms_.max_bytes = 1000;
  SetJobs({terms_});
  Add({"/1", "/2", "/3"});
  for (int i = 0; i < 2; ++i) {
    Complete(Lease().at(0), {.bytes = 600});
    clock_.Advance(seconds(1));
  }
  EXPECT_THAT(Lease(), IsEmpty());
  EXPECT_TRUE(frontier_->Idle());
  EXPECT_EQ(frontier_->Progress(kJob)->bytes, 1200U);
}

TEST_F(BudgetsTest, StopsAtAHostThatHadItsPagesAndGoesOnAtOthers) {
  terms_.hosts = {OnionHost('a'), OnionHost('b')};
  terms_.max_pages_per_host = 2;
  SetJobs({terms_});
  for (const char host : {'a', 'b'})
    for (const std::string path : {"1", "2", "3"}) Add({Seed(host) + path});
  EXPECT_EQ(FetchAll().size(), 4U);
  EXPECT_TRUE(frontier_->Idle());
  Open();
  EXPECT_THAT(FetchAll(), IsEmpty()) << "a restart is no new run";
  terms_.max_pages_per_host = 3;
  SetJobs({terms_});
  EXPECT_EQ(FetchAll().size(), 2U);
}

TEST_F(BudgetsTest, LeavesAHostWhoseBytesAreSpentUntilTheNextRunAndGoesOnWithOthers) {
  terms_.hosts = {OnionHost('a'), OnionHost('b')};
  terms_.max_bytes_per_host = 1000;
  SetJobs({terms_});
  Add({Seed('a')});
  Add({"/1", "/2"}, 1);
  const Task first = Lease().at(0);
  Add({Seed('b')});
  Complete(first, {.bytes = 1000});
  EXPECT_THAT(FetchAll(), ElementsAre("/")) << "of the other host";
  Open();
  EXPECT_THAT(FetchAll(), IsEmpty()) << "a restart is no new run";
  InTick([](Tick& tick) -> Result<bool> {
    RETURN_IF_ERROR(tick.StartRun(kJob));
    return true;
  });
  EXPECT_THAT(FetchAll(), ::testing::UnorderedElementsAre("/", "/", "/1", "/2"));
}

TEST_F(BudgetsTest, LeavesAHostWhoseTimeIsOver) {
  terms_.max_time_per_host = seconds(10);
  SetJobs({terms_});
  clock_.Advance(hours(1));  // before the run asked it, no time passes for the host
  Add({"/1", "/2", "/3"});
  Complete(Lease().at(0));
  clock_.Advance(seconds(9));
  Complete(Lease().at(0));
  Open();
  clock_.Advance(seconds(1));
  EXPECT_THAT(Lease(), IsEmpty());
  EXPECT_TRUE(frontier_->Idle());
  terms_.max_time_per_host = seconds(0);
  SetJobs({terms_});
  EXPECT_EQ(Lease().size(), 1U);
}

TEST_F(BudgetsTest, CountsTheTasksOfAHostUnderWayAgainstItsPages) {
  options_.per_host = 8;
  terms_.delay = milliseconds(0);
  terms_.max_pages_per_host = 2;
  Open();
  Add({"/1", "/2", "/3"});
  const auto tasks = Lease();
  EXPECT_EQ(tasks.size(), 2U);
  Complete(tasks[0], kUntried);
  EXPECT_EQ(Lease().size(), 1U) << "its place is free again";
}

TEST_F(BudgetsTest, AJobMayAskForFewerRequestsAtOnceThanTheCrawlAllows) {
  options_.per_host = 8;
  terms_.per_host = 2;
  terms_.delay = milliseconds(0);
  Open();
  Add({"/1", "/2", "/3"});
  EXPECT_EQ(Lease().size(), 2U);
}

TEST_F(BudgetsTest, SeveralRequestsToAHostKeepTheDelayBetweenThem) {
  options_.per_host = 8;
  Open();
  Add({"/1", "/2", "/3"});
  const auto first = Lease();
  ASSERT_EQ(first.size(), 1U);
  EXPECT_TRUE(first[0].has_company);
  clock_.Advance(seconds(20));
  EXPECT_THAT(Lease(), IsEmpty()) << "the first may still wait for its circuit: both could arrive together";
  frontier_->Begun(first[0].lease);
  clock_.Advance(milliseconds(999));
  EXPECT_THAT(Lease(), IsEmpty());
  clock_.Advance(milliseconds(1));
  const auto second = Lease();
  ASSERT_EQ(second.size(), 1U) << "the first is still under way";
  frontier_->Begun(second[0].lease);
  clock_.Advance(milliseconds(500));
  Complete(first[0]);
  clock_.Advance(milliseconds(500));
  EXPECT_EQ(Lease().size(), 1U) << "an end asks for no wait of its own where several may be under way";
}

TEST_F(BudgetsTest, ARequestThatEndsBeforeItWentOutFreesItsHost) {
  options_.per_host = 8;
  Open();
  Add({"/1", "/2"});
  const Task lost = Lease().at(0);
  Complete(lost, kPassing);
  frontier_->Begun(lost.lease);  // too late to matter
  clock_.Advance(seconds(1));
  EXPECT_EQ(Lease().size(), 1U);
}

TEST_F(BudgetsTest, BoundsTheUrlsOfAHost) {
  terms_.max_urls_per_host = 3;
  SetJobs({terms_});
  EXPECT_EQ(Add({"/a", "/b", "/c", "/d", "/e"}).fresh, 3U);
  EXPECT_EQ(Excluded(Exclusion::kHostQuota), 2U);
  terms_.max_urls_per_host = 4;
  SetJobs({terms_});
  EXPECT_EQ(Add({"/d", "/e"}).fresh, 1U) << "with a larger quota a URL comes in at its next meeting";
  EXPECT_EQ(Excluded(Exclusion::kHostQuota), 1U);
}

TEST_F(BudgetsTest, BoundsTheUrlsOfOneShape) {
  terms_.max_urls_per_shape = 5;
  SetJobs({terms_});
  for (int i = 0; i < 10; ++i) Add({"/listing/" + std::to_string(i)});
  Add({"/about", "/contact"});
  EXPECT_EQ(Excluded(Exclusion::kShapeQuota), 5U);
  EXPECT_EQ(Total().waiting, 7U);
  Open();
  EXPECT_EQ(Add({"/listing/10"}).excluded, 1U) << "a shape is full over restarts";
}

TEST_F(BudgetsTest, EndsACalendarWithoutEnd) {
  std::vector<std::string> days;
  for (int year = 2000; year < 2010; ++year)
    for (int month = 1; month <= 12; ++month)
      for (int day = 1; day <= 28; ++day)
        days.push_back("/events/" + std::to_string(year) + "/" + std::to_string(month) + "/" +
                       std::to_string(day));
  const Admission admission = Add(days);
  EXPECT_LT(admission.fresh, 1500U);
  EXPECT_GT(Excluded(Exclusion::kCalendar), 1500U);
}

TEST_F(BudgetsTest, KnowsAUrlWithAnotherSessionIdAsTheSame) {
  EXPECT_EQ(Add({"/list?PHPSESSID=a1&page=2", "/list?page=2&PHPSESSID=b2", "/list?page=2"}).fresh, 1U);
  EXPECT_EQ(Lease().at(0).url, "http://" + host_ + "/list?page=2");
}

TEST_F(BudgetsTest, KeepsToThePatternsOfTheJob) {
  terms_.rules.include = {"^/market/"};
  terms_.rules.exclude = {"logout"};
  SetJobs({terms_});
  Add({"/market/1", "/forum/1", "/market/logout"});
  EXPECT_EQ(Excluded(Exclusion::kPatterns), 2U);
  EXPECT_THAT(FetchAll(), ElementsAre("/market/1"));
  terms_.rules.include = {};
  SetJobs({terms_});
  EXPECT_EQ(Add({"/forum/1"}).fresh, 1U) << "the job was changed";
  EXPECT_EQ(Excluded(Exclusion::kPatterns), 1U);
}

TEST_F(BudgetsTest, RestsAtAHostThatTheJobDoesNotNameAnyMore) {
  terms_.hosts = {OnionHost('a'), OnionHost('b')};
  SetJobs({terms_});
  Add({Seed('a'), Seed('b')});
  terms_.hosts = {OnionHost('b')};
  SetJobs({terms_});
  EXPECT_EQ(FetchAll().size(), 1U);
  Open();
  EXPECT_THAT(FetchAll(), IsEmpty());
  EXPECT_EQ(Add({Seed('a') + "x"}).outside, 1U);
  terms_.hosts = {OnionHost('a'), OnionHost('b')};
  SetJobs({terms_});
  EXPECT_EQ(FetchAll().size(), 1U) << "it is back";
}

// With one place free at a time, the order in which jobs are served.
class PriorityTest : public BudgetsTest {
 protected:
  // Two jobs at hosts of their own, each with plenty to ask.
  void SetUp() override {
    BudgetsTest::SetUp();
    terms_.delay = seconds(10);
    low_ = terms_;
    low_.id.value = "low";
    low_.priority = 0;
    low_.hosts = {OnionHost('a')};
    high_ = terms_;
    high_.id.value = "high";
    high_.priority = 9;
    high_.hosts.clear();
    for (char host = 'b'; host < 'j'; ++host) high_.hosts.push_back(OnionHost(host));
    SetJobs({low_, high_});
    std::vector<std::string> urls;
    for (char host = 'b'; host < 'j'; ++host)
      for (int i = 0; i < 50; ++i) urls.push_back(Seed(host) + std::to_string(i));
    Add({Seed('a') + "1", Seed('a') + "2"}, 0, "", low_.id);
    Add(urls, 0, "", high_.id);
  }
  JobTerms low_;
  JobTerms high_;
};

TEST_F(PriorityTest, ServesTheHigherPriorityFirst) {
  for (int i = 0; i < 8; ++i) EXPECT_EQ(Lease(1).at(0).job, high_.id);
  EXPECT_EQ(Lease(1).at(0).job, low_.id) << "for every host of the other is busy";
}

TEST_F(PriorityTest, StarvesNobody) {
  const MonoTime begin = clock_.Mono();
  for (;;) {
    const auto tasks = Lease(1);
    // The eight others had their turns up to 80 s before they are served, one every 10 s.
    ASSERT_LT(clock_.Mono() - begin, 9 * kPriorityStep + seconds(100)) << "the promise of the header";
    clock_.Advance(seconds(10));
    if (tasks.empty()) continue;
    Complete(tasks[0]);
    if (tasks[0].job == low_.id) break;
  }
  EXPECT_GT(clock_.Mono() - begin, 8 * kPriorityStep) << "and until then the priority counted";
}

TEST_F(PriorityTest, TakesANewPriorityAtOnce) {
  std::swap(low_.priority, high_.priority);
  SetJobs({low_, high_});
  EXPECT_EQ(Lease(1).at(0).job, low_.id);
}

TEST_F(PriorityTest, StarvesNobodyAtOneHostEither) {
  JobTerms guest = low_;
  guest.id.value = "guest";
  guest.hosts = {OnionHost('b')};
  SetJobs({low_, high_, guest});
  Add({Seed('b') + "guest"}, 0, "", guest.id);
  const MonoTime begin = clock_.Mono();
  for (bool served = false; !served;) {
    for (const Task& task : Lease()) {
      served |= task.job == guest.id;
      Complete(task);
    }
    ASSERT_LT(clock_.Mono() - begin, 9 * kPriorityStep + seconds(20));
    clock_.Advance(seconds(10));
  }
}

}  // namespace
}  // namespace nightjar::frontier
