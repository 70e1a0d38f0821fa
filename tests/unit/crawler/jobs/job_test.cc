// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/job.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "crawler/jobs/job_row.h"
#include "crawler/jobs/job_store.h"
#include "tests/unit/crawler/jobs/control_fixture.h"

namespace nightjar::jobs {
namespace {

using ::testing::HasSubstr;

Job GoodJob() {
  Job job;
  job.id.value = "job-1";
  job.case_id.value = "case-1";
  job.legal_basis = "Order 17/2026";
  job.seeds = {"http://" + OnionHost('a') + "/"};
  job.created = UtcTime(std::chrono::seconds(1767225600));
  return job;
}

std::string RefusalOf(const Job& job) {
  const auto checked = Validate(job);
  return checked ? "accepted" : checked.error().Format();
}

TEST(Validate, FillsTheScopeFromTheSeedsAndNormalisesThem) {
  Job job = GoodJob();
  job.seeds = {"HTTP://WWW." + OnionHost('b') + ":80/x/../y#top", "http://" + OnionHost('a')};
  const auto checked = Validate(job);
  ASSERT_TRUE(checked) << checked.error().Format();
  std::vector<std::string> hosts = {OnionHost('a'), OnionHost('b')};
  std::ranges::sort(hosts);
  EXPECT_EQ(checked->hosts, hosts);
  EXPECT_THAT(checked->seeds, ::testing::UnorderedElementsAre("http://" + OnionHost('a') + "/",
                                                              "http://www." + OnionHost('b') + "/y"));
}

TEST(Validate, KeepsAScopeThatWasGivenAndHoldsTheSeedsToIt) {
  Job job = GoodJob();
  job.hosts = {OnionHost('b'), OnionHost('a'), OnionHost('a')};
  const auto checked = Validate(job);
  ASSERT_TRUE(checked) << checked.error().Format();
  EXPECT_EQ(checked->hosts.size(), 2U);
  job.hosts = {OnionHost('b')};
  EXPECT_THAT(RefusalOf(job), HasSubstr("not among the job's hosts"));
}

TEST(Validate, RefusesAMistypedOnionAddressAndNamesTheSeed) {
  Job job = GoodJob();
  std::string host = OnionHost('a');
  host[10] = host[10] == 'b' ? 'c' : 'b';
  job.seeds.push_back("http://" + host + "/");
  EXPECT_THAT(RefusalOf(job), HasSubstr("checksum"));
  EXPECT_THAT(RefusalOf(job), HasSubstr(host));
}

TEST(Validate, RefusesWhatIsNoOnionPage) {
  Job job = GoodJob();
  const std::vector<std::string> refused = {
      "http://example.org/",
      "ftp://" + OnionHost('a') + "/",
      "nonsense",
      "http://user:secret@" + OnionHost('a') + "/",
      "http://127.0.0.1/",
      "http://expyuzz4wqqyqhjn.onion/",
  };
  for (const std::string& seed : refused) {
    job.seeds = {seed};
    EXPECT_NE(RefusalOf(job), "accepted") << seed;
  }
}

TEST(Validate, TakesAHostOutsideOnionSpaceOnlyWhereTheJobNamesItAmongItsHosts) {
  const std::string b32 = std::string(52, 'a') + ".b32.i2p";
  for (const std::string& host : {std::string("www.example.org"), b32}) {
    Job job = GoodJob();
    job.hosts.clear();
    job.seeds = {"http://" + host + "/"};
    EXPECT_NE(RefusalOf(job), "accepted") << host;
    job.hosts = {host};
    EXPECT_EQ(RefusalOf(job), "accepted") << host;
  }
  Job job = GoodJob();
  job.hosts = {"127.0.0.1"};
  EXPECT_NE(RefusalOf(job), "accepted");
}

TEST(Validate, DoesNotRepeatCredentialsOfASeed) {
  Job job = GoodJob();
  job.seeds = {"http://user:secret@" + OnionHost('a') + "/"};
  EXPECT_THAT(RefusalOf(job), ::testing::Not(HasSubstr("secret")));
}

TEST(Validate, RefusesAJobWithoutLegalBasis) {
  Job job = GoodJob();
  job.legal_basis = "  ";
  EXPECT_THAT(RefusalOf(job), HasSubstr("legal basis"));
  job.legal_basis = "two\nlines";
  EXPECT_THAT(RefusalOf(job), HasSubstr("one line"));
}

TEST(Validate, RefusesBoundsThatMakeNoSense) {
  const auto refused = [](auto change) {
    Job job = GoodJob();
    change(job);
    return RefusalOf(job);
  };
  EXPECT_THAT(refused([](Job& j) { j.max_pages = 0; }), HasSubstr("max_pages"));
  EXPECT_THAT(refused([](Job& j) { j.max_depth = 1001; }), HasSubstr("max_depth"));
  EXPECT_THAT(refused([](Job& j) { j.delay = std::chrono::milliseconds(-1); }), HasSubstr("delay"));
  EXPECT_THAT(refused([](Job& j) { j.jitter = std::nan(""); }), HasSubstr("jitter"));
  EXPECT_THAT(refused([](Job& j) { j.seeds.clear(); }), HasSubstr("seed"));
  EXPECT_THAT(refused([](Job& j) { j.id.value = "Job 1"; }), HasSubstr("job name"));
  EXPECT_THAT(refused([](Job& j) { j.case_id.value = ""; }), HasSubstr("case name"));
}

TEST(Validate, RefusesAScheduleThatCannotComeTrueAndListsThatMakeNoSense) {
  const auto refused = [](auto change) {
    Job job = GoodJob();
    change(job);
    return RefusalOf(job);
  };
  EXPECT_THAT(refused([](Job& j) { j.cron = "0 0 30 2 *"; }), HasSubstr("no day that ever comes"));
  EXPECT_THAT(refused([](Job& j) { j.cron = "often"; }), HasSubstr("cron: a cron expression is five fields"));
  EXPECT_THAT(refused([](Job& j) { j.cron = "@daily", j.at = j.created; }), HasSubstr("not both"));
  EXPECT_THAT(refused([](Job& j) { j.per_host = 0; }), HasSubstr("per_host"));
  EXPECT_THAT(refused([](Job& j) { j.priority = 10; }), HasSubstr("priority"));
  EXPECT_THAT(refused([](Job& j) { j.media = {"*/*"}; }), HasSubstr("media"));
  EXPECT_THAT(refused([](Job& j) { j.media = {"png"}; }), HasSubstr("media"));
  EXPECT_THAT(refused([](Job& j) { j.include = {""}; }), HasSubstr("include"));
  EXPECT_THAT(refused([](Job& j) { j.exclude.assign(101, "x"); }), HasSubstr("exclude"));
  EXPECT_THAT(refused([](Job& j) { j.persona = "A B"; }), HasSubstr("persona"));
  EXPECT_THAT(refused([](Job& j) { j.retention = ""; }), HasSubstr("retention"));
  EXPECT_THAT(refused([](Job& j) { j.recrawl_min = std::chrono::hours(1); }), HasSubstr("recrawl"));
  EXPECT_THAT(refused([](Job& j) { j.max_time = std::chrono::seconds(-1); }), HasSubstr("max_time"));
}

TEST(AddSeeds, WidensTheScopeToTheirHostsAndSaysHowManyAreNew) {
  Job job = *Validate(GoodJob());
  const UtcTime later = job.created + std::chrono::hours(1);
  EXPECT_EQ(AddSeeds(job, {"http://" + OnionHost('a') + "/"}, later), 0U);
  EXPECT_EQ(job.seeded, job.created) << "nothing new, so nothing to run for";
  EXPECT_EQ(AddSeeds(job, {"http://" + OnionHost('b') + "/x#y", "http://" + OnionHost('b') + "/x"}, later),
            1U);
  EXPECT_EQ(job.seeded, later);
  const auto checked = Validate(job);
  ASSERT_TRUE(checked) << checked.error().Format();
  EXPECT_EQ(checked->hosts.size(), 2U);
  EXPECT_EQ(checked->seeds.size(), 2U);
}

TEST(JobRow, GivesBackEveryField) {
  Job job = *Validate(GoodJob());
  job.include = {"^/item"};
  job.exclude = {"logout", "print"};
  job.strip_params = {"sid"};
  job.keep_session_params = job.sort_query = true;
  job.max_depth = 3;
  job.discovery = Discovery::kCrawl;
  job.discovery_hosts = 4, job.discovery_depth = 5, job.discovery_pages = 6;
  job.cron = "@daily";
  job.at = job.created + std::chrono::hours(5);
  job.windows = {*ParseWindow("fri 22:00-06:00")};
  job.max_pages = 77, job.max_pages_per_host = 8, job.max_bytes = 9;
  job.max_bytes_per_host = 10;
  job.max_time = std::chrono::hours(10), job.max_time_per_host = std::chrono::hours(3);
  job.max_urls_per_host = 11, job.max_urls_per_shape = 12;
  job.delay = std::chrono::milliseconds(1500);
  job.jitter = 0.25;
  job.per_host = 3;
  job.nights = {*ParseWindow("01:00-05:00"), *ParseWindow("sun 00:00-24:00")};
  job.persona = "owl";
  job.robots = RobotsPolicy::kObey;
  job.media = {"image/*"};
  job.retention = "long";
  job.priority = 9;
  job.recrawl_min = std::chrono::hours(1), job.recrawl_max = std::chrono::hours(2);
  job.state = JobState::kPaused;
  job.seeded = job.created + std::chrono::hours(3);
  const auto read = DecodeJob(EncodeJob(job));
  ASSERT_TRUE(read) << read.error().Format();
  EXPECT_EQ(*read, job);
}

TEST(JobRow, RefusesEveryTruncationAndAnUnknownFormat) {
  const Bytes row = EncodeJob(*Validate(GoodJob()));
  for (std::size_t size = 0; size < row.size(); ++size) EXPECT_FALSE(DecodeJob(row.substr(0, size))) << size;
  Bytes newer = row;
  newer[0] = 9;
  EXPECT_FALSE(DecodeJob(newer));
  EXPECT_FALSE(DecodeJob(row + "x"));
}

using JobStoreTest = ControlTest;

TEST_F(JobStoreTest, KeepsAJobOverAReopen) {
  { ASSERT_TRUE((*JobStore::Open(folder_))->Add(*Validate(GoodJob()))); }
  const auto store = JobStore::Open(folder_);
  ASSERT_TRUE(store) << store.error().Format();
  const auto jobs = (*store)->List();
  ASSERT_TRUE(jobs);
  ASSERT_EQ(jobs->size(), 1U);
  EXPECT_EQ(EncodeJob(jobs->front()), EncodeJob(*Validate(GoodJob())));
}

TEST_F(JobStoreTest, RefusesASecondJobOfTheSameNameAndAnUnknownOne) {
  const auto store = *JobStore::Open(folder_);
  ASSERT_TRUE(store->Add(*Validate(GoodJob())));
  EXPECT_EQ(store->Add(*Validate(GoodJob())).error().code, Code::kAlreadyExists);
  EXPECT_EQ(store->Get(JobId{"other"}).error().code, Code::kNotFound);
  EXPECT_EQ(store->SetState(JobId{"other"}, JobState::kPaused).error().code, Code::kNotFound);
}

TEST_F(JobStoreTest, PausesAndResumesButNeverRevivesACancelledJob) {
  const auto store = *JobStore::Open(folder_);
  ASSERT_TRUE(store->Add(*Validate(GoodJob())));
  ASSERT_TRUE(store->SetState(JobId{"job-1"}, JobState::kPaused));
  EXPECT_EQ(store->Get(JobId{"job-1"})->state, JobState::kPaused);
  ASSERT_TRUE(store->SetState(JobId{"job-1"}, JobState::kActive));
  ASSERT_TRUE(store->SetState(JobId{"job-1"}, JobState::kCancelled));
  EXPECT_EQ(store->SetState(JobId{"job-1"}, JobState::kActive).error().code, Code::kRefused);
  EXPECT_EQ(store->Get(JobId{"job-1"})->state, JobState::kCancelled);
}

TEST_F(JobStoreTest, NeverGivesTheNameOfARemovedJobToAnother) {
  const auto store = *JobStore::Open(folder_);
  ASSERT_TRUE(store->Add(*Validate(GoodJob())));
  ASSERT_TRUE(store->SetState(JobId{"job-1"}, JobState::kCancelled));
  ASSERT_TRUE(store->SetState(JobId{"job-1"}, JobState::kRemoved));
  EXPECT_EQ(store->Get(JobId{"job-1"}).error().code, Code::kNotFound);
  EXPECT_TRUE(store->List()->empty());
  EXPECT_EQ(store->ListEver()->size(), 1U) << "its captures are still there";
  const Status again = store->Add(*Validate(GoodJob()));
  ASSERT_FALSE(again);
  EXPECT_THAT(again.error().text, HasSubstr("records bear it"));
}

TEST_F(JobStoreTest, UpdatesInOneStepAndKeepsTheNameAndTheCase) {
  const auto store = *JobStore::Open(folder_);
  ASSERT_TRUE(store->Add(*Validate(GoodJob())));
  const auto before = *store->Revision();
  const auto updated = store->Update(JobId{"job-1"}, [](Job job) -> Result<Job> {
    job.max_depth = 2;
    job.id.value = "other";
    job.case_id.value = "other";
    return job;
  });
  ASSERT_TRUE(updated) << updated.error().Format();
  EXPECT_EQ(store->Get(JobId{"job-1"})->max_depth, 2U);
  EXPECT_EQ(store->Get(JobId{"job-1"})->case_id.value, "case-1");
  EXPECT_GT(*store->Revision(), before);
  const auto refused = store->Update(
      JobId{"job-1"}, [](const Job&) -> Result<Job> { return Fail(Code::kInvalidInput, "no"); });
  EXPECT_EQ(refused.error().text, "no");
  EXPECT_EQ(store->Get(JobId{"job-1"})->max_depth, 2U);
}

}  // namespace
}  // namespace nightjar::jobs
