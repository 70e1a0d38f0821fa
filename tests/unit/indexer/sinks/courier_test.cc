// SPDX-License-Identifier: Apache-2.0
#include "indexer/sinks/courier.h"

#include <gtest/gtest.h>

#include <set>

#include "indexer/sinks/webhook.h"
#include "tests/unit/base/temporary_folder.h"
#include "tests/unit/indexer/sinks/http_receiver.h"

namespace nightjar::sinks {
namespace {

using watch::WatchStore;

class Deliveries : public testing::Test {
 protected:
  Deliveries() : store_(std::move(WatchStore::Open(folder_ / "watch", WatchStore::Mode::kWrite).value())) {}
  void Raise(int count, const std::vector<std::string>& sinks) {
    const auto search = store_->Save({.name = "owls", .text = "owl", .sinks = sinks}).value();
    std::vector<watch::Alert> alerts;
    alerts.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
      alerts.push_back({.key = KeyOf(search, "version", static_cast<std::uint64_t>(i)),
                        .search = search.id,
                        .name = "owls",
                        .why = "new",
                        .when = clock_.Utc()});
    ASSERT_TRUE(store_->Raise(alerts, {.captures = 1}));
  }
  void Round(const Sinks& sinks) {
    ASSERT_TRUE(Courier({.store = store_.get(), .sinks = sinks, .clock = &clock_}).Round({}));
  }
  TemporaryFolder folder_;
  ManualClock clock_;
  std::unique_ptr<WatchStore> store_;
};

TEST_F(Deliveries, AreRepeatedWithTheSameKeyUntilTheWebhookHasThem) {
  Raise(3, {"webhook"});
  const HttpReceiver receiver(4);
  const Sinks sinks{
      {"webhook",
       PostTo({.url = receiver.url(), .secret = "0123456789abcdef", .proxy = "", .clock = &SystemClock()})}};
  for (int i = 0; i < 10 && store_->WaitingCount().value() > 0; ++i) {
    Round(sinks);
    clock_.Advance(std::chrono::hours(1));
  }
  EXPECT_EQ(store_->WaitingCount().value(), 0U);
  std::set<std::string> keys;
  const auto posts = receiver.posts();
  for (const auto& post : posts) {
    keys.insert(post.headers.at("Idempotency-Key"));
    EXPECT_EQ(post.headers.at("X-Nightjar-Signature"),
              SignatureOf("0123456789abcdef", post.headers.at("X-Nightjar-Timestamp"), post.body));
  }
  EXPECT_EQ(keys.size(), 3U);
  EXPECT_EQ(posts.size(), 7U) << "four failures, three that were taken";
}

TEST_F(Deliveries, WaitLongerAfterEachFailureAndNoLongerThanAnHour) {
  EXPECT_EQ(WaitAfter(0), std::chrono::seconds(1));
  EXPECT_EQ(WaitAfter(5), std::chrono::seconds(32));
  EXPECT_EQ(WaitAfter(40), std::chrono::seconds(3600));
}

TEST_F(Deliveries, ThatOneSideRefusesDoNotHoldUpTheOthers) {
  Raise(5, {"webhook"});
  std::vector<std::uint64_t> taken;
  Round({{"webhook", [&](const watch::Alert& alert) -> Status {
            if (alert.number == 2) return Fail(Code::kRefused, "not this one");
            taken.push_back(alert.number);
            return {};
          }}});
  EXPECT_EQ(taken, (std::vector<std::uint64_t>{1, 3, 4, 5}));
  EXPECT_EQ(store_->WaitingCount().value(), 1U);
}

TEST_F(Deliveries, AreNotTriedOneByOneWhereNobodyIsThere) {
  Raise(50, {"webhook", "mail"});
  int calls = 0;
  int mails = 0;
  Round({{"webhook",
          [&](const watch::Alert&) -> Status {
            ++calls;
            return Fail(Code::kUnavailable, "nobody");
          }},
         {"mail", [&](const watch::Alert&) -> Status {
            ++mails;
            return {};
          }}});
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(mails, 50) << "one sink has nothing to do with the other";
}

}  // namespace
}  // namespace nightjar::sinks
