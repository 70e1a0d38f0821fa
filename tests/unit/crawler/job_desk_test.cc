// SPDX-License-Identifier: Apache-2.0
// The desk and its orders against a real frontier and control store, on a clock moved by hand.
#include "crawler/job_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/onion.h"
#include "base/random.h"

namespace nightjar::crawler {
namespace {

using jobs::JobState;
using jobs::Request;
using ::testing::HasSubstr;

class JobDeskTest : public ::testing::Test {
 protected:
  JobDeskTest() {
    frontier::Options options;
    options.folder = folder_ + "/frontier";
    options.clock = &clock_;
    options.random = &random_;
    frontier_ = std::move(*frontier::Frontier::Open(options));
    desk_ =
        std::make_unique<JobDesk>(*JobDesk::OpenStores(folder_), clock_, [](const Url&) { return false; });
    control_ = *JobDesk::OpenStores(folder_);
  }
  ~JobDeskTest() override {
    desk_.reset();
    frontier_.reset();
    std::filesystem::remove_all(folder_);
  }

  void Add(const std::function<void(jobs::Job&)>& change = [](jobs::Job&) {}) {
    jobs::Job job;
    job.id.value = "market";
    job.case_id.value = "case-1";
    job.legal_basis = "order 1";
    job.seeds = {Seed('a')};
    job.delay = std::chrono::milliseconds(0);
    job.created = clock_.Utc();
    change(job);
    const auto checked = jobs::Validate(job);
    ASSERT_TRUE(checked) << checked.error().Format();
    ASSERT_TRUE(control_.jobs->Add(*checked));
  }
  static std::string Host(char seed) {
    return OnionAddress::FromKey(SigningKey::FromSeed(std::string(32, seed))->public_key()).host();
  }
  static std::string Seed(char seed) { return "http://" + Host(seed) + "/"; }

  // One round of the crawl loop: everything leased is done at once.
  std::vector<std::string> Round() {
    clock_.Advance(std::chrono::seconds(1));
    const Status read = desk_->Read(*frontier_, [this](const JobId&) { return settled_; });
    EXPECT_TRUE(read) << read.error().Format();
    auto tick = frontier_->Begin();
    EXPECT_TRUE(tick);
    const Status applied = desk_->Apply(*tick);
    EXPECT_TRUE(applied) << applied.error().Format();
    std::vector<std::string> fetched;
    const auto tasks = tick->Lease(10);
    for (const auto& task : *tasks) {
      fetched.push_back(task.url);
      EXPECT_TRUE(tick->Complete(task.lease, {.bytes = 100}));
    }
    EXPECT_TRUE(tick->Commit());
    EXPECT_TRUE(desk_->Committed());
    return fetched;
  }
  jobs::Run LastRun() { return control_.runs->Last()->at(JobId{"market"}); }
  std::string Ask(Request request) {
    const auto id = control_.requests->Ask(std::move(request));
    Round();
    return control_.requests->Get(*id)->result;
  }

  const std::string folder_ = ::testing::TempDir() + "desk-" + HexEncode(SystemRandom().Take(6));
  ManualClock clock_;
  SeededRandom random_{1};
  std::unique_ptr<frontier::Frontier> frontier_;
  std::unique_ptr<JobDesk> desk_;
  JobDesk::Stores control_;
  bool settled_ = true;
};

using Fetched = std::vector<std::string>;

TEST_F(JobDeskTest, RunsAJobOnceAndWritesDownHowItEnded) {
  Add();
  EXPECT_EQ(Round(), Fetched{Seed('a')});
  EXPECT_EQ(LastRun().end, jobs::Run::End::kOpen);
  settled_ = false;
  Round();
  EXPECT_EQ(LastRun().end, jobs::Run::End::kOpen) << "its links may still come";
  settled_ = true;
  Round();
  EXPECT_EQ(LastRun().end, jobs::Run::End::kComplete);
  EXPECT_EQ(LastRun().number, 1U);
  EXPECT_EQ(LastRun().pages, 1U);
  EXPECT_EQ(LastRun().bytes, 100U);
  EXPECT_EQ(Round(), Fetched{});
}

TEST_F(JobDeskTest, TakesUpSeedsThatAreAddedLater) {
  Add();
  for (int i = 0; i < 3; ++i) Round();
  ASSERT_TRUE(control_.jobs->Update(JobId{"market"}, [&](jobs::Job job) -> Result<jobs::Job> {
    jobs::AddSeeds(job, {Seed('b')}, clock_.Utc());
    return jobs::Validate(job);
  }));
  const auto fetched = Round();
  EXPECT_THAT(fetched, ::testing::Contains(Seed('b')));
  EXPECT_EQ(LastRun().number, 2U);
}

TEST_F(JobDeskTest, RunsACronJobAtItsMomentsAndOnceAfterAnAbsence) {
  Add([](jobs::Job& job) { job.cron = "@hourly"; });
  EXPECT_EQ(Round(), Fetched{});
  clock_.Advance(std::chrono::hours(1));
  EXPECT_EQ(Round(), Fetched{Seed('a')});
  EXPECT_EQ(LastRun().cause, jobs::Run::Cause::kCron);
  Round();
  clock_.Advance(std::chrono::hours(48));
  EXPECT_EQ(Round(), Fetched{Seed('a')});
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Round(), Fetched{});
  EXPECT_EQ(LastRun().number, 2U);
}

TEST_F(JobDeskTest, FetchesNothingForAPausedJobAndEndsTheRunOfACancelledOne) {
  Add([](jobs::Job& job) { job.max_pages = 5; });
  ASSERT_TRUE(control_.jobs->SetState(JobId{"market"}, JobState::kPaused));
  EXPECT_EQ(Round(), Fetched{});
  ASSERT_TRUE(control_.jobs->SetState(JobId{"market"}, JobState::kActive));
  EXPECT_EQ(Round(), Fetched{Seed('a')});
  ASSERT_TRUE(control_.jobs->SetState(JobId{"market"}, JobState::kCancelled));
  Round();
  EXPECT_EQ(LastRun().end, jobs::Run::End::kCancelled);
}

TEST_F(JobDeskTest, ObeysTheRulesOfHosts) {
  ASSERT_TRUE(control_.hosts->Change(Host('a'), [](jobs::HostRule& rule) { rule.blocked = true; }));
  Add();
  EXPECT_EQ(Round(), Fetched{});
  ASSERT_TRUE(control_.hosts->Change(Host('a'), [](jobs::HostRule& rule) { rule.blocked = false; }));
  ASSERT_EQ(Ask({.what = Request::What::kRunNow, .job = JobId{"market"}}),
            "job market: its next run has begun");
  EXPECT_EQ(LastRun().cause, jobs::Run::Cause::kOrdered);
  EXPECT_EQ(control_.runs->Of(JobId{"market"}, 9)->size(), 2U);
}

TEST_F(JobDeskTest, CarriesOutOrdersAndSaysWhatCameOfThem) {
  Add([](jobs::Job& job) {
    job.seeds = {Seed('a'), Seed('a') + "x", Seed('b')}, job.delay = std::chrono::hours(1);
  });
  EXPECT_EQ(Round().size(), 2U) << "one of each host";
  EXPECT_EQ(Ask({.what = Request::What::kDrop, .job = JobId{"market"}, .url_prefix = Seed('b')}),
            "0 waiting URL(s) of job market dropped");
  EXPECT_EQ(Ask({.what = Request::What::kDrop, .job = JobId{"market"}, .host = Host('a')}),
            "1 waiting URL(s) of job market dropped");
  EXPECT_EQ(Ask({.what = Request::What::kRetryHost, .host = Host('a')}),
            "0 URL(s) of " + Host('a') + " are due now");
  EXPECT_THAT(Ask({.what = Request::What::kRunNow, .job = JobId{"other"}}), HasSubstr("no such job"));
  EXPECT_TRUE(control_.requests->Open()->empty());
  ASSERT_TRUE(control_.jobs->SetState(JobId{"market"}, JobState::kPaused));
  EXPECT_THAT(Ask({.what = Request::What::kRunNow, .job = JobId{"market"}}), HasSubstr("the job is paused"));
}

TEST_F(JobDeskTest, GoesOnWithItsRunAfterARestart) {
  Add([](jobs::Job& job) { job.seeds = {Seed('a'), Seed('a') + "x"}, job.delay = std::chrono::hours(1); });
  EXPECT_EQ(Round().size(), 1U);
  desk_ = std::make_unique<JobDesk>(*JobDesk::OpenStores(folder_), clock_, [](const Url&) { return false; });
  clock_.Advance(std::chrono::hours(2));
  EXPECT_EQ(Round().size(), 1U);
  Round();
  EXPECT_EQ(LastRun().number, 1U);
  EXPECT_EQ(LastRun().end, jobs::Run::End::kComplete);
}

}  // namespace
}  // namespace nightjar::crawler
