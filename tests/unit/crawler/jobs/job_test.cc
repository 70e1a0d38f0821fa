// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/job.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "base/onion.h"
#include "crawler/jobs/job_row.h"

namespace nightjar::jobs {
namespace {

using ::testing::HasSubstr;

std::string OnionHost(char seed) {
  return OnionAddress::FromKey(SigningKey::FromSeed(std::string(32, seed))->public_key()).host();
}

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

TEST(JobRow, GivesBackEveryField) {
  Job job = *Validate(GoodJob());
  job.max_depth = 3;
  job.max_pages = 77;
  job.delay = std::chrono::milliseconds(1500);
  job.jitter = 0.25;
  job.state = JobState::kPaused;
  const auto read = DecodeJob(EncodeJob(job));
  ASSERT_TRUE(read) << read.error().Format();
  EXPECT_EQ(EncodeJob(*read), EncodeJob(job));
  EXPECT_EQ(read->jitter, 0.25);
  EXPECT_EQ(read->state, JobState::kPaused);
  EXPECT_EQ(read->created, job.created);
}

TEST(JobRow, RefusesEveryTruncationAndAnUnknownFormat) {
  const Bytes row = EncodeJob(*Validate(GoodJob()));
  for (std::size_t size = 0; size < row.size(); ++size) EXPECT_FALSE(DecodeJob(row.substr(0, size))) << size;
  Bytes newer = row;
  newer[0] = 9;
  EXPECT_FALSE(DecodeJob(newer));
}

class JobStoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        ::testing::TempDir() + "jobs-" + ::testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string folder_;
};

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

}  // namespace
}  // namespace nightjar::jobs
