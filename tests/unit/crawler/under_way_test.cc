// SPDX-License-Identifier: Apache-2.0
#include "crawler/under_way.h"

#include <gtest/gtest.h>

#include "tests/unit/crawler/exchange_maker.h"

namespace nightjar::crawler {
namespace {

class UnderWayTest : public ::testing::Test {
 protected:
  UnderWayTest() {
    handover::Task task;
    task.fetch_id = record_.fetch_id;
    task.url = record_.url;
    task.job = record_.job;
    task.case_id = record_.case_id;
    task.legal_basis = record_.legal_basis;
    task.via = "-";
    task.socks_user = record_.route;
    task.robots = record_.robots;
    under_way_.Add({frontier::LeaseId{7}, task, {}});
  }
  Result<UnderWay::Answer> Match(const captures::Record& record) {
    return under_way_.Match({record_.fetch_id, maker_.Sign(record)}, 0);
  }

  ExchangeMaker maker_;
  captures::Record record_ = maker_.MakeRecord("http://a.onion/");
  UnderWay under_way_;
};

TEST_F(UnderWayTest, FindsTheTaskThatWasAnswered) {
  const auto answer = Match(record_);
  ASSERT_TRUE(answer) << answer.error().Format();
  EXPECT_EQ(answer->asked.lease, frontier::LeaseId{7});
  EXPECT_EQ(answer->record.url, record_.url);
  EXPECT_EQ(under_way_.size(), 0U);
}

TEST_F(UnderWayTest, KnowsTheLeaseOfATaskForTheFetcherThatHasIt) {
  EXPECT_EQ(under_way_.LeaseOf(record_.fetch_id, 0), frontier::LeaseId{7});
  EXPECT_EQ(under_way_.LeaseOf(record_.fetch_id, 1), std::nullopt);
  EXPECT_EQ(under_way_.LeaseOf("another", 0), std::nullopt);
}

TEST_F(UnderWayTest, BelievesOfARefusedTaskOnlyThatItWasNotAttempted) {
  record_.fetch_id = std::string(32, 'b');
  handover::Task task;
  task.fetch_id = record_.fetch_id;
  task.url = record_.url;
  task.job = record_.job;
  task.case_id = record_.case_id;
  task.legal_basis = record_.legal_basis;
  task.via = "-";
  task.socks_user = record_.route;
  task.robots = record_.robots;
  task.refusal = "robots.txt forbids it: Disallow: /";
  under_way_.Add({frontier::LeaseId{8}, task, {}});
  EXPECT_EQ(Match(record_).error().code, Code::kRefused) << "it was fetched";
  record_.outcome = captures::Outcome::kNotAttempted;
  record_.detail = "because";
  EXPECT_EQ(Match(record_).error().code, Code::kRefused) << "for another reason";
  record_.detail = task.refusal;
  EXPECT_EQ(Match(record_).error().code, Code::kRefused) << "with a request";
  record_.request_size = 0;
  captures::Exchange exchange;
  exchange.record = captures::FormatRecord(record_);
  const auto answer = under_way_.Match({record_.fetch_id, std::move(exchange)}, 0);
  ASSERT_TRUE(answer) << answer.error().Format();
  EXPECT_EQ(answer->asked.lease, frontier::LeaseId{8});
}

TEST_F(UnderWayTest, RefusesASecondAnswer) {
  ASSERT_TRUE(Match(record_));
  EXPECT_EQ(Match(record_).error().code, Code::kRefused);
}

TEST_F(UnderWayTest, RefusesARecordThatSpeaksOfSomethingElse) {
  const auto refused = [&](auto change) {
    captures::Record lie = record_;
    change(lie);
    const auto answer = Match(lie);
    return !answer && answer.error().code == Code::kRefused;
  };
  EXPECT_TRUE(refused([](auto& r) { r.url = "http://b.onion/"; }));
  EXPECT_TRUE(refused([](auto& r) { r.job.value = "job-2"; }));
  EXPECT_TRUE(refused([](auto& r) { r.case_id.value = "case-2"; }));
  EXPECT_TRUE(refused([](auto& r) { r.legal_basis = "none"; }));
  EXPECT_TRUE(refused([](auto& r) { r.fetch_id = std::string(32, '0'); }));
  EXPECT_TRUE(refused([](auto& r) { r.route = "job-1/host/-/1"; }));
  EXPECT_TRUE(refused([](auto& r) { r.robots = "none"; }));
  EXPECT_TRUE(refused([](auto& r) { r.depth = 1; }));
  EXPECT_TRUE(refused([](auto& r) { r.via = "http://b.onion/"; }));
  EXPECT_EQ(under_way_.size(), 1U) << "a lie takes nothing away";
  EXPECT_EQ(under_way_.Match({record_.fetch_id, {"no record", "", "", "", ""}}, 0).error().code,
            Code::kRefused);
}

TEST_F(UnderWayTest, GivesBackTheLeasesOfALostFetcher) {
  EXPECT_TRUE(under_way_.TakeAll(1).empty());
  const auto taken = under_way_.TakeAll(0);
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(taken[0].lease, frontier::LeaseId{7});
  EXPECT_EQ(under_way_.size(), 0U);
}

TEST_F(UnderWayTest, RefusesAnAnswerFromAnotherWaysFetcher) {
  EXPECT_EQ(under_way_.Match({record_.fetch_id, maker_.Sign(record_)}, 1).error().code, Code::kRefused);
  EXPECT_TRUE(Match(record_));
}

}  // namespace
}  // namespace nightjar::crawler
