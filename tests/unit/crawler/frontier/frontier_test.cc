// SPDX-License-Identifier: Apache-2.0
#include "crawler/frontier/frontier.h"

#include "tests/unit/crawler/frontier/frontier_fixture.h"

namespace nightjar::frontier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(FrontierTest, TellsOnceThatAJobIsNew) {
  JobTerms other = terms_;
  other.id.value = "job-2";
  EXPECT_THAT(SetJobs({terms_, other}), ElementsAre(JobId{"job-2"}));
  EXPECT_THAT(SetJobs({terms_, other}), IsEmpty());
  Open();
  EXPECT_THAT(SetJobs({terms_, other}), IsEmpty());
}

TEST_F(FrontierTest, HoldsEachUrlOnce) {
  EXPECT_EQ(Add({"/", "/a", "/a", "/a#part"}).fresh, 2U);
  EXPECT_EQ(Add({"/", "/a"}).known, 2U);
  EXPECT_THAT(FetchAll(), ::testing::UnorderedElementsAre("/", "/a"));
  EXPECT_EQ(Add({"/"}).fresh, 0U) << "a fetched URL is not fetched again";
  EXPECT_THAT(FetchAll(), IsEmpty());
}

TEST_F(FrontierTest, GivesEachJobItsOwnCopyOfAUrl) {
  JobTerms other = terms_;
  other.id.value = "job-2";
  SetJobs({terms_, other});
  EXPECT_EQ(Add({"/"}).fresh, 1U);
  EXPECT_EQ(Add({"/"}, 0, "", other.id).fresh, 1U);
  EXPECT_EQ(FetchAll().size(), 2U);
}

TEST_F(FrontierTest, LeasesInTheOrderUrlsBecameDue) {
  for (const std::string path : {"/1", "/2", "/3"}) {
    Add({path});
    clock_.Advance(milliseconds(1));
  }
  EXPECT_THAT(FetchAll(), ElementsAre("/1", "/2", "/3"));
}

TEST_F(FrontierTest, FillsATaskWithWhatTheRecordNeeds) {
  Add({"/"});
  const Task seed = Lease().at(0);
  EXPECT_EQ(seed.job, kJob);
  EXPECT_EQ(seed.url, "http://" + host_ + "/");
  EXPECT_EQ(seed.host, host_);
  EXPECT_EQ(seed.via, "-");
  EXPECT_EQ(seed.attempt, 1U);
  Complete(seed);
  Add({"http://www." + host_ + "/deep"}, 1, seed.url);
  clock_.Advance(seconds(1));
  const Task linked = Lease().at(0);
  EXPECT_EQ(linked.host, host_);
  EXPECT_EQ(linked.depth, 1U);
  EXPECT_EQ(linked.via, seed.url);
}

TEST_F(FrontierTest, CountsWhatLeadsOutsideAndKeepsNone) {
  const Admission admission = Add({"http://" + OnionHost('z') + "/", "http://example.org/", "/in"});
  EXPECT_EQ(admission.outside, 2U);
  EXPECT_EQ(admission.fresh, 1U);
  EXPECT_EQ(Row().outside, 2U);
}

TEST_F(FrontierTest, ExcludesTrapsWithTheirReasonCounted) {
  terms_.max_depth = 3;
  SetJobs({terms_});
  std::string deep;
  for (int i = 0; i < 17; ++i) deep += "/x" + std::string(1, static_cast<char>('a' + i));
  Add({"/" + std::string(3000, 'y'), deep, "http://user@" + host_ + "/"}, 1);
  Add({"/far"}, 4);
  Add({deep.substr(3), "/" + std::string(1900, 'y')}, 3);
  EXPECT_EQ(Total().excluded, 4U);
  EXPECT_EQ(Total().waiting, 2U);
  const ExclusionCounts excluded = Row().excluded;
  EXPECT_THAT(std::vector(excluded.begin(), excluded.begin() + 6), ElementsAre(0, 1, 1, 1, 1, 0));
}

TEST_F(FrontierTest, AdmitsAUrlThatWasTooFarWhenAShorterWayIsFound) {
  terms_.max_depth = 3;
  SetJobs({terms_});
  Add({"/far"}, 4);
  EXPECT_THAT(Lease(), IsEmpty());
  EXPECT_EQ(Add({"/far"}, 2).fresh, 1U);
  EXPECT_EQ(Row().excluded.at(static_cast<std::size_t>(Exclusion::kTooFarFromSeed)), 0U);
  EXPECT_EQ(Lease().at(0).depth, 2U);
}

TEST_F(FrontierTest, StopsAtThePageBudgetAndGoesOnWhenItIsRaised) {
  terms_.max_pages = 2;
  SetJobs({terms_});
  Add({"/1", "/2", "/3"});
  EXPECT_EQ(FetchAll().size(), 2U);
  EXPECT_TRUE(frontier_->Idle());
  terms_.max_pages = 3;
  SetJobs({terms_});
  EXPECT_FALSE(frontier_->Idle());
  EXPECT_EQ(FetchAll().size(), 1U);
}

TEST_F(FrontierTest, CountsTasksUnderWayAgainstTheBudget) {
  terms_.max_pages = 2;
  terms_.hosts = {OnionHost('a'), OnionHost('b'), OnionHost('c')};
  SetJobs({terms_});
  for (const char host : {'a', 'b', 'c'}) Add({"http://" + OnionHost(host) + "/"});
  const auto tasks = Lease();
  EXPECT_EQ(tasks.size(), 2U);
  Complete(tasks[0], kUntried);  // costs nothing: its place is free again
  clock_.Advance(seconds(2));
  EXPECT_EQ(Lease().size(), 1U);
}

TEST_F(FrontierTest, RestsAPausedJobAndGoesOnWhereItStopped) {
  Add({"/1", "/2"});
  Complete(Lease().at(0));
  terms_.active = false;
  SetJobs({terms_});
  clock_.Advance(hours(1));
  EXPECT_THAT(Lease(), IsEmpty());
  EXPECT_TRUE(frontier_->Idle());
  terms_.active = true;
  SetJobs({terms_});
  EXPECT_EQ(Lease().size(), 1U);
}

TEST_F(FrontierTest, RestsAJobThatIsNoLongerThere) {
  Add({"/1"});
  SetJobs({});
  EXPECT_THAT(Lease(), IsEmpty());
}

TEST_F(FrontierTest, HoldsAUrlBackUntilItsHostDelayHasPassedSinceTheLastRequestEnded) {
  Add({"/1", "/2"});
  const Task first = Lease().at(0);
  clock_.Advance(seconds(5));
  EXPECT_THAT(Lease(), IsEmpty()) << "one request at a time";
  Complete(first);
  clock_.Advance(milliseconds(999));
  EXPECT_THAT(Lease(), IsEmpty());
  clock_.Advance(milliseconds(1));
  EXPECT_EQ(Lease().size(), 1U);
}

TEST_F(FrontierTest, KeepsTheLongerOfTwoJobsDelaysAtOneHostAndServesBoth) {
  JobTerms patient = terms_;
  patient.id.value = "job-2";
  patient.delay = seconds(10);
  SetJobs({terms_, patient});
  std::vector<std::string> pages;
  for (int i = 0; i < 40; ++i) pages.push_back("/quick" + std::to_string(i));
  Add(pages);
  Add({"/patient"}, 0, "", patient.id);
  std::vector<std::pair<MonoTime, bool>> requests;  // when, and of which job
  while (const auto wait = frontier_->NextDue()) {
    clock_.Advance(*wait);
    for (const Task& task : Lease()) {
      requests.emplace_back(clock_.Mono(), task.job == patient.id);
      Complete(task);
    }
  }
  ASSERT_EQ(requests.size(), 41U);
  const auto served = std::ranges::find(requests, true, &std::pair<MonoTime, bool>::second);
  ASSERT_LT(served - requests.begin(), 15) << "the quick job lets the patient one have its rest";
  for (auto at = requests.begin() + 1; at != requests.end(); ++at) {
    const bool beside_patient = at->second || (at - 1)->second;
    EXPECT_EQ(at->first - (at - 1)->first, beside_patient ? seconds(10) : seconds(1));
  }
}

TEST_F(FrontierTest, AsksDifferentHostsAtTheSameTimeAndOneHostUpToItsLimit) {
  options_.per_host = 2;
  terms_.hosts = {OnionHost('a'), OnionHost('b')};
  terms_.delay = milliseconds(0);
  Open();
  for (const char host : {'a', 'b'})
    for (const std::string path : {"/1", "/2", "/3"}) Add({"http://" + OnionHost(host) + path});
  const auto tasks = Lease();
  EXPECT_EQ(tasks.size(), 4U);
  EXPECT_THAT(Lease(), IsEmpty());
  Complete(tasks[0]);
  EXPECT_EQ(Lease().size(), 1U);
}

TEST_F(FrontierTest, RetriesAPassingFailureWithDoubledWaitsAndThenGivesUp) {
  Add({"/"});
  Complete(Lease().at(0), kPassing);
  clock_.Advance(seconds(29));
  EXPECT_THAT(Lease(), IsEmpty());
  clock_.Advance(seconds(1));
  const Task second = Lease().at(0);
  EXPECT_EQ(second.attempt, 2U);
  Complete(second, kPassing);
  clock_.Advance(seconds(59));
  EXPECT_THAT(Lease(), IsEmpty());
  clock_.Advance(seconds(1));
  Complete(Lease().at(0), kPassing);
  EXPECT_EQ(Total().failed, 1U);
  EXPECT_EQ(Row().exchanges, 3U);
  EXPECT_THAT(Lease(), IsEmpty());
  EXPECT_TRUE(frontier_->Idle());
}

TEST_F(FrontierTest, DoesNotRetryWhatCannotHelp) {
  Add({"/"});
  Complete(Lease().at(0), kFinal);
  EXPECT_EQ(Total().failed, 1U);
  EXPECT_THAT(Lease(), IsEmpty());
  EXPECT_TRUE(frontier_->Idle());
}

TEST_F(FrontierTest, SpendsNoTryOnWhatNeverReachedTheService) {
  Add({"/"});
  for (int i = 0; i < 10; ++i) {
    clock_.Advance(seconds(1));
    const auto tasks = Lease();
    ASSERT_EQ(tasks.size(), 1U);
    EXPECT_EQ(tasks[0].attempt, 1U);
    Complete(tasks[0], kUntried);
  }
  EXPECT_EQ(Row().exchanges, 0U);
}

TEST_F(FrontierTest, TakesBackALeaseThatRanOut) {
  Add({"/"});
  const Task lost = Lease().at(0);
  clock_.Advance(seconds(419));
  EXPECT_EQ(frontier_->NextOverdue(), Micros(seconds(1)));
  EXPECT_EQ(TakeBackOverdue(), 0U);
  clock_.Advance(seconds(1));
  EXPECT_EQ(TakeBackOverdue(), 1U);
  EXPECT_FALSE(Complete(lost)) << "too late: the URL may have gone to somebody else";
  clock_.Advance(seconds(30));
  const Task again = Lease().at(0);
  EXPECT_EQ(again.url, lost.url);
  EXPECT_EQ(again.attempt, 2U);
  EXPECT_TRUE(Complete(again));
  EXPECT_EQ(Total().done, 1U);
}

TEST_F(FrontierTest, ReturnsTheLeasesOfADeadProcessAtOnceWithNoTrySpentButWithTheHostsWait) {
  Add({"/"});
  const Task before = Lease().at(0);
  clock_.Advance(milliseconds(500));
  Open();
  EXPECT_EQ(Total().waiting, 1U);
  EXPECT_EQ(Total().leased, 0U);
  clock_.Advance(milliseconds(999));
  EXPECT_THAT(Lease(), IsEmpty());
  clock_.Advance(milliseconds(1));
  const Task after = Lease().at(0);
  EXPECT_EQ(after.url, before.url);
  EXPECT_EQ(after.attempt, 1U);
  EXPECT_EQ(Row().exchanges, 0U);
}

TEST_F(FrontierTest, KeepsEverythingOverARestart) {
  terms_.max_pages = 3;
  SetJobs({terms_});
  Add({"/1", "/2", "/3", "/4"});
  Complete(Lease().at(0));
  InTick([&](Tick& tick) { return tick.SetCursor(42).map([] { return 0; }); });
  Open();
  EXPECT_EQ(frontier_->cursor(), 42U);
  EXPECT_EQ(Total(), (Counts{.waiting = 3, .leased = 0, .done = 1, .failed = 0, .excluded = 0}));
  EXPECT_EQ(FetchAll().size(), 2U) << "one of three pages was spent before the restart";
}

TEST_F(FrontierTest, LosesATickThatWasNotCommittedAndMustThenBeOpenedAnew) {
  Add({"/"});
  {
    auto tick = frontier_->Begin();
    ASSERT_EQ(tick->Lease(1)->size(), 1U);
  }
  EXPECT_EQ(frontier_->Begin().error().code, Code::kInternal);
  Open();
  EXPECT_EQ(Lease().size(), 1U);
}

TEST_F(FrontierTest, IsOpenInOneProcessAtATime) {
  EXPECT_EQ(Frontier::Open(options_).error().code, Code::kUnavailable);
}

TEST_F(FrontierTest, IgnoresJumpsOfTheWallClock) {
  Add({"/1", "/2", "/3"});
  Complete(Lease().at(0));
  clock_.SetUtc(clock_.Utc() + hours(24 * 365));
  EXPECT_THAT(Lease(), IsEmpty()) << "a jump ahead is no waiting";
  clock_.SetUtc(clock_.Utc() - hours(48 * 365));
  clock_.Advance(seconds(1));
  EXPECT_EQ(Lease().size(), 1U) << "a jump back delays nothing";
}

TEST_F(FrontierTest, IgnoresAJumpOfTheWallClockDuringARestart) {
  Add({"/1", "/2"});
  Complete(Lease().at(0));
  clock_.SetUtc(clock_.Utc() + hours(24 * 365));
  Open();
  EXPECT_THAT(Lease(), IsEmpty());
  clock_.SetUtc(clock_.Utc() - hours(48 * 365));
  Open();
  clock_.Advance(seconds(1));
  EXPECT_EQ(Lease().size(), 1U);
}

TEST_F(FrontierTest, WaitsNoLongerThanItMustAfterAReboot) {
  Add({"/"});
  Complete(Lease().at(0), kPassing);  // due in 30 s
  options_.boot_id = "boot-2";
  clock_.SetUtc(clock_.Utc() - hours(24 * 365));  // with a dead clock battery
  Open();
  EXPECT_THAT(Lease(), IsEmpty());
  clock_.Advance(seconds(30));
  EXPECT_EQ(Lease().size(), 1U);
}

}  // namespace
}  // namespace nightjar::frontier
