// SPDX-License-Identifier: Apache-2.0
// Requests that are no URLs of a queue keep to the host's politeness.
#include <gtest/gtest.h>

#include "base/onion.h"
#include "crawler/frontier/frontier.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar::frontier {
namespace {

using std::chrono::milliseconds;

class BorrowTest : public testing::Test {
 protected:
  void SetUp() override {
    frontier_ = *Frontier::Open(
        {.folder = folder_ / "frontier", .clock = &clock_, .boot_id = "b", .random = &random_});
    JobTerms terms{.id = job_, .hosts = {host_}};
    terms.delay = milliseconds(1000);
    terms.jitter = 0;
    Tick tick = *frontier_->Begin();
    ASSERT_TRUE(tick.SetJobs(std::vector{terms}));
    ASSERT_TRUE(tick.Add(job_, std::vector<Candidate>{{*Url::Parse("http://" + host_ + "/"), 0, ""}}));
    ASSERT_TRUE(tick.Commit());
  }
  bool Borrow() {
    Tick tick = *frontier_->Begin();
    const bool may = *tick.Borrow(job_, host_);
    EXPECT_TRUE(tick.Commit());
    return may;
  }
  void GiveBack() {
    Tick tick = *frontier_->Begin();
    EXPECT_TRUE(tick.GiveBack(job_, host_));
    EXPECT_TRUE(tick.Commit());
  }
  std::size_t Lease() {
    Tick tick = *frontier_->Begin();
    const auto tasks = tick.Lease(1);
    EXPECT_TRUE(tick.Commit());
    return tasks->size();
  }

  const JobId job_{"market"};
  const std::string host_ =
      OnionAddress::FromKey(SigningKey::FromSeed(std::string(32, 'm'))->public_key()).host();
  TemporaryFolder folder_;
  ManualClock clock_;
  SeededRandom random_{1};
  std::unique_ptr<Frontier> frontier_;
};

TEST_F(BorrowTest, LetsNobodyElseAskTheHostMeanwhileNorSoonAfter) {
  clock_.Advance(std::chrono::seconds(5));
  EXPECT_TRUE(Borrow());
  EXPECT_FALSE(Borrow()) << "one at a time";
  clock_.Advance(std::chrono::seconds(5));
  EXPECT_EQ(Lease(), 0U) << "the request is still under way";
  GiveBack();
  clock_.Advance(milliseconds(999));
  EXPECT_EQ(Lease(), 0U);
  clock_.Advance(milliseconds(1));
  EXPECT_EQ(Lease(), 1U);
}

TEST_F(BorrowTest, WaitsForTheDelayAfterALease) {
  clock_.Advance(std::chrono::seconds(5));
  EXPECT_EQ(Lease(), 1U);
  EXPECT_FALSE(Borrow());
}

TEST_F(BorrowTest, WorksWhileTheLaneIsHeld) {
  Tick tick = *frontier_->Begin();
  ASSERT_TRUE(tick.HoldLane(job_, host_, "a wall"));
  ASSERT_TRUE(tick.Commit());
  clock_.Advance(std::chrono::seconds(5));
  EXPECT_EQ(Lease(), 0U);
  EXPECT_TRUE(Borrow());
}

TEST_F(BorrowTest, AsksNoBlockedHost) {
  Tick tick = *frontier_->Begin();
  ASSERT_TRUE(tick.SetHostRule(host_, {.blocked = true}));
  ASSERT_TRUE(tick.Commit());
  clock_.Advance(std::chrono::seconds(5));
  EXPECT_FALSE(Borrow());
}

}  // namespace
}  // namespace nightjar::frontier
