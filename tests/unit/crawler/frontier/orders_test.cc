// SPDX-License-Identifier: Apache-2.0
// Runs, rules for hosts, retries, drops, holds: what people order.
#include "tests/unit/crawler/frontier/frontier_fixture.h"

namespace nightjar::frontier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class OrdersTest : public FrontierTest {
 protected:
  // One tick around an order that returns a Status.
  template <typename Step>
  void Order(const Step& step) {
    InTick([&](Tick& tick) { return step(tick).map([] { return 0; }); });
  }
  void StartRun() {
    Order([&](Tick& tick) { return tick.StartRun(kJob); });
  }
  std::uint64_t RetryHost() {
    return InTick([&](Tick& tick) { return tick.RetryHost(host_); });
  }
  std::uint64_t Drop(const DropFilter& filter) {
    return InTick([&](Tick& tick) { return tick.Drop(kJob, filter); });
  }
  bool AskAgain(const std::string& path) {
    return InTick([&](Tick& tick) { return tick.AskAgain(kJob, *Url::Parse("http://" + host_ + path)); });
  }
  void Hold(const std::string& reason) {
    Order([&](Tick& tick) { return tick.HoldLane(kJob, host_, reason); });
  }
  bool Release() {
    return InTick([&](Tick& tick) { return tick.ReleaseLane(kJob, host_); });
  }
  LaneListing Lane() const {
    const auto page = ListLanes(folder_, {}, 10);
    return page->lanes.at(0);
  }
  std::string Seed() const { return "http://" + host_ + "/"; }
  // Leases what is due and ends it as `ending`.
  void Fail(const Ending& ending) {
    for (const Task& task : Lease()) Complete(task, ending);
  }
};

TEST_F(OrdersTest, ARunAsksTheSeedsAgainAndNothingElseThatIsDone) {
  Add({"/"});
  Add({"/linked"}, 1, Seed());
  EXPECT_EQ(FetchAll().size(), 2U);
  StartRun();
  EXPECT_FALSE(frontier_->Idle());
  EXPECT_THAT(FetchAll(), ElementsAre("/"));
  EXPECT_EQ(Total().done, 2U);
}

TEST_F(OrdersTest, ARunBeginsItsBudgetsAnew) {
  terms_.max_pages = 2;
  SetJobs({terms_});
  Add({"/1", "/2", "/3", "/4"});
  EXPECT_EQ(FetchAll().size(), 2U);
  EXPECT_TRUE(frontier_->Progress(kJob)->spent);
  EXPECT_TRUE(frontier_->Progress(kJob)->idle);
  StartRun();
  EXPECT_EQ(frontier_->Progress(kJob)->run, 1U);
  EXPECT_EQ(frontier_->Progress(kJob)->pages, 0U);
  EXPECT_EQ(FetchAll().size(), 2U);
}

TEST_F(OrdersTest, ARunTriesFirstWhatPassingFaultsTookFromTheLastOne) {
  options_.tries = 1;
  Open();
  Add({"/lost"});
  Add({"/hopeless", "/new"}, 1, Seed());
  Complete(Lease().at(0), kPassing);
  clock_.Advance(seconds(1));
  Complete(Lease().at(0), kFinal);
  EXPECT_THAT(FetchAll(), ElementsAre("/new")) << "in this run it is given up";
  EXPECT_EQ(Total().failed, 2U);
  EXPECT_TRUE(frontier_->Idle());
  Add({"/newer"}, 1, Seed());
  StartRun();
  EXPECT_THAT(FetchAll(), ElementsAre("/lost", "/newer")) << "and what cannot help is not tried again";
  EXPECT_EQ(Total().failed, 1U);
}

TEST_F(OrdersTest, ARecalledFaultHasAllItsTriesAgain) {
  options_.tries = 2;
  Open();
  Add({"/lost"}, 1, Seed());
  for (int run = 0; run < 3; ++run) {
    for (std::uint32_t attempt = 1; attempt <= 2; ++attempt) {
      clock_.Advance(seconds(30));
      const auto tasks = Lease();
      ASSERT_EQ(tasks.size(), 1U);
      EXPECT_EQ(tasks[0].attempt, attempt);
      Complete(tasks[0], kPassing);
    }
    EXPECT_EQ(Total().failed, 1U);
    clock_.Advance(hours(1));
    EXPECT_THAT(Lease(), IsEmpty());
    Open();
    StartRun();
  }
}

TEST_F(OrdersTest, ABlockedHostIsLeftAloneByAllJobsUntilItIsUnblocked) {
  JobTerms other = terms_;
  other.id.value = "job-2";
  SetJobs({terms_, other});
  Order([&](Tick& tick) { return tick.SetHostRule(host_, {.blocked = true}); });
  Add({"/1"});
  Add({"/2"}, 0, "", other.id);
  clock_.Advance(hours(1));
  EXPECT_THAT(Lease(), IsEmpty());
  EXPECT_TRUE(frontier_->Idle());
  Open();
  SetJobs({terms_, other});
  EXPECT_THAT(Lease(), IsEmpty()) << "over a restart too";
  EXPECT_TRUE(Lane().rule.blocked);
  Order([&](Tick& tick) { return tick.SetHostRule(host_, {}); });
  EXPECT_EQ(FetchAll().size(), 2U);
}

TEST_F(OrdersTest, AHostsOwnDelayBindsJobsThatAreInAHurry) {
  Order([&](Tick& tick) { return tick.SetHostRule(host_, {.min_delay = seconds(60)}); });
  Add({"/1", "/2"});
  Complete(Lease().at(0));
  clock_.Advance(milliseconds(59'999));
  EXPECT_THAT(Lease(), IsEmpty());
  clock_.Advance(milliseconds(1));
  EXPECT_EQ(Lease().size(), 1U);
}

TEST_F(OrdersTest, LeavesAHostAloneForAsLongAsItAsks) {
  Add({"/1", "/2"});
  Complete(Lease().at(0),
           {.kind = Ending::Kind::kPassing, .cause = Cause::kServerError, .not_before = seconds(120)});
  clock_.Advance(seconds(119));
  EXPECT_THAT(Lease(), IsEmpty());
  Open();
  EXPECT_THAT(Lease(), IsEmpty()) << "over restarts too";
  clock_.Advance(seconds(1));
  EXPECT_EQ(Lease().size(), 1U);
}

TEST_F(OrdersTest, RetriesEverythingThatFailedAtAHostWithAllItsTries) {
  options_.tries = 2;
  Open();
  Add({"/final", "/lost", "/waits", "/done"});
  Complete(Lease().at(0), kFinal);
  clock_.Advance(seconds(1));
  Complete(Lease().at(0), kPassing);
  clock_.Advance(seconds(30));
  const auto paths = [&] {
    std::vector<std::string> found;
    for (const Task& task : Lease()) {
      found.push_back(task.url.substr(task.url.find('/', 8)));
      EXPECT_EQ(task.attempt, 1U);
      Complete(task, kPassing);
    }
    return found;
  };
  EXPECT_THAT(paths(), ElementsAre("/waits"));
  EXPECT_EQ(RetryHost(), 3U);
  EXPECT_EQ(Total().waiting, 4U);
  EXPECT_EQ(FetchAll().size(), 4U);
  EXPECT_EQ(RetryHost(), 0U);
}

TEST_F(OrdersTest, DropsWhatWaitsByPrefixAndForGood) {
  Add({"/keep", "/drop/1", "/drop/2", "/drop/tried"});
  Complete(Lease().at(0));
  EXPECT_EQ(Drop({.host = host_, .url_prefix = "http://" + host_ + "/drop/"}), 3U);
  EXPECT_EQ(Total().excluded, 3U);
  EXPECT_EQ(Row().excluded.at(static_cast<std::size_t>(Exclusion::kDropped)), 3U);
  EXPECT_EQ(Add({"/drop/1"}).known, 1U) << "a dropped URL is not found again";
  EXPECT_THAT(FetchAll(), IsEmpty());
  EXPECT_TRUE(frontier_->Idle());
  const auto listed = ListQueue(folder_, {.state = UrlState::kExcluded}, 10, "", clock_);
  ASSERT_EQ(listed->urls.size(), 3U);
  EXPECT_EQ(listed->urls[0].why, "dropped");
}

TEST_F(OrdersTest, DropsRetriesAndFaultsTooForTheyWouldBeAskedAgain) {
  options_.tries = 1;
  Open();
  Add({"/lost", "/new"});
  Complete(Lease().at(0), kPassing);
  EXPECT_EQ(Drop({}), 2U);
  StartRun();
  EXPECT_THAT(FetchAll(), IsEmpty());
  EXPECT_EQ(Total().excluded, 2U);
  EXPECT_EQ(CountRows(), Total());
}

TEST_F(OrdersTest, AsksADroppedOrDoneUrlAgainWhenTold) {
  Add({"/1", "/2", "/3"});
  Complete(Lease().at(0));
  Drop({.url_prefix = "http://" + host_ + "/3"});
  EXPECT_FALSE(AskAgain("/2")) << "it waits";
  EXPECT_FALSE(AskAgain("/unknown"));
  EXPECT_TRUE(AskAgain("/3"));
  EXPECT_TRUE(AskAgain("/1"));
  EXPECT_EQ(Total().excluded, 0U);
  clock_.Advance(seconds(1));
  EXPECT_THAT(FetchAll(), ElementsAre("/1", "/3", "/2")) << "before what was there, in their order";
  EXPECT_EQ(CountRows(), Total());
}

TEST_F(OrdersTest, AHeldLaneLeasesNothingUntilItIsReleasedOverRestartsToo) {
  Add({"/1", "/2"});
  const Task walled = Lease().at(0);
  InTick([&](Tick& tick) {
    EXPECT_TRUE(tick.HoldLane(kJob, host_, "a login page came"));
    return tick.Complete(walled.lease, {.kind = Ending::Kind::kHeld});
  });
  clock_.Advance(hours(1));
  EXPECT_THAT(Lease(), IsEmpty());
  EXPECT_TRUE(frontier_->Idle());
  EXPECT_EQ(Lane().held, "a login page came");
  Open();
  clock_.Advance(hours(1));
  EXPECT_THAT(Lease(), IsEmpty());
  EXPECT_EQ(Row().exchanges, 0U) << "a wall costs no page of the budget";
  EXPECT_TRUE(Release());
  EXPECT_FALSE(Release());
  EXPECT_EQ(Lane().held, "");
  EXPECT_THAT(FetchAll(), ElementsAre("/1", "/2")) << "the walled URL first, in its old place";
}

TEST_F(OrdersTest, HoldsALaneThatHasNoUrlYet) {
  Hold("to be logged in first");
  Add({"/1"});
  EXPECT_THAT(Lease(), IsEmpty());
  EXPECT_TRUE(Release());
  EXPECT_EQ(Lease().size(), 1U);
}

TEST_F(OrdersTest, ExcludesAUrlThatTurnedOutNotToBeAllowed) {
  Add({"/private"});
  Complete(Lease().at(0), {.kind = Ending::Kind::kExcluded, .exclusion = Exclusion::kRobots});
  EXPECT_EQ(Total(), (Counts{.excluded = 1}));
  EXPECT_EQ(Row().excluded.at(static_cast<std::size_t>(Exclusion::kRobots)), 1U);
  EXPECT_EQ(Row().exchanges, 0U);
  EXPECT_EQ(CountRows(), Total());
}

// The host's rest is for requests: what is forbidden must not cost the time of pages.
TEST_F(OrdersTest, LetsAHostRestOnlyAfterWhatWasReallyAsked) {
  terms_.delay = std::chrono::seconds(10);
  SetJobs({terms_});
  Add({"/1", "/private/1", "/private/2", "/2"});
  const Ending excluded{.kind = Ending::Kind::kExcluded, .exclusion = Exclusion::kRobots};
  Complete(Lease().at(0));
  EXPECT_THAT(Lease(), IsEmpty());
  clock_.Advance(std::chrono::minutes(1));
  Complete(Lease().at(0), excluded);
  Complete(Lease().at(0), excluded);
  const auto page = Lease();
  ASSERT_EQ(page.size(), 1U) << "at once";
  Complete(page.at(0));
  Add({"/private/3", "/3"});
  EXPECT_THAT(Lease(), IsEmpty()) << "the host rests";
  clock_.Advance(std::chrono::minutes(1));
  Complete(Lease().at(0), excluded);
  EXPECT_EQ(Lease().size(), 1U);
}

TEST_F(OrdersTest, RefusesJobsAndHostsThatDoNotExist) {
  auto tick = frontier_->Begin();
  EXPECT_EQ(tick->StartRun(JobId{"none"}).error().code, Code::kNotFound);
  EXPECT_EQ(tick->Drop(JobId{"none"}, {}).error().code, Code::kNotFound);
  EXPECT_EQ(tick->SetHostRule("example.org", {}).error().code, Code::kInvalidInput);
  EXPECT_EQ(*tick->RetryHost(OnionHost('z')), 0U);
  EXPECT_TRUE(tick->Commit());
}

}  // namespace
}  // namespace nightjar::frontier
