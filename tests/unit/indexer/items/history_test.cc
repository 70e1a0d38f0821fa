// SPDX-License-Identifier: Apache-2.0
#include "indexer/items/history.h"

#include <gtest/gtest.h>

namespace nightjar::items {
namespace {

Sighting Lamp(std::vector<Value> values) {
  return {{"case", "shop", ItemKind::kListing, "id:7"}, "Lamp", std::move(values)};
}

Occasion Day(int day, const std::string& address = "/item?id=7") {
  return {{static_cast<std::uint64_t>(day)},
          FromUnixMicros(day * 86'400'000'000LL),
          "http://a.onion" + address,
          address};
}

const Value kTen{"price", "10.00", "USD"};
const Value kTwelve{"price", "12.00", "USD"};

class History : public testing::Test {
 protected:
  std::vector<std::string> See(const Sighting& sighting, const Occasion& occasion) {
    const Outcome outcome = Fold(sighting, occasion, state_, current_);
    new_version_ = outcome.new_version;
    std::vector<std::string> kinds;
    for (const Change& change : outcome.changes) kinds.emplace_back(ChangeKindName(change.kind));
    return kinds;
  }
  State state_;
  Version current_;
  bool new_version_ = false;
};
using Kinds = std::vector<std::string>;

TEST_F(History, GrowsASpanWhileNothingChanges) {
  EXPECT_EQ(See(Lamp({kTen}), Day(1)), Kinds{"first-seen"});
  EXPECT_EQ(See(Lamp({kTen}), Day(3)), Kinds{});
  EXPECT_FALSE(new_version_);
  EXPECT_EQ(current_.captures, 2U);
  EXPECT_EQ(current_.first_seen, Day(1).when);
  EXPECT_EQ(current_.last_seen, Day(3).when);
  EXPECT_EQ(current_.last_capture.value, 3U);
}

TEST_F(History, BeginsAVersionWithEachChangeAndAgainWhenAPriceComesBack) {
  See(Lamp({kTen}), Day(1));
  EXPECT_EQ(See(Lamp({kTwelve}), Day(2)), Kinds{"re-priced"});
  EXPECT_EQ(See(Lamp({kTen}), Day(3)), Kinds{"re-priced"});
  EXPECT_EQ(state_.versions, 3U);
  EXPECT_EQ(current_.number, 2U);
}

TEST_F(History, LetsGaugesMoveWithoutAVersion) {
  See(Lamp({kTen, {"views", "5", ""}, {"rating", "4.1", "5"}}), Day(1));
  EXPECT_EQ(See(Lamp({kTen, {"views", "9", ""}, {"rating", "4.2", "5"}}), Day(2)), Kinds{});
  EXPECT_EQ(state_.values[1].value.value, "9");
}

TEST_F(History, TellsWhenSomethingIsSoldOutThoughStockIsAGauge) {
  See(Lamp({kTen, {"stock", "2", ""}}), Day(1));
  EXPECT_EQ(See(Lamp({kTen, {"stock", "1", ""}}), Day(2)), Kinds{});
  EXPECT_EQ(See(Lamp({kTen, {"stock", "0", ""}}), Day(3)), Kinds{"sold-out"});
  EXPECT_EQ(See(Lamp({kTen, {"stock", "8", ""}}), Day(4)), Kinds{"restocked"});
  EXPECT_EQ(state_.versions, 1U);
}

TEST_F(History, LeavesWhatAnotherPageOfTheItemShows) {
  See(Lamp({kTen, {"title", "Lamp", ""}}), Day(1));
  EXPECT_EQ(See(Lamp({{"title", "Lamp", ""}, {"terms", "none", ""}}), Day(2, "/terms?id=7")),
            Kinds{"rewritten"});
  EXPECT_EQ(See(Lamp({kTen, {"title", "Lamp", ""}}), Day(3)), Kinds{});
  EXPECT_FALSE(new_version_);
}

TEST_F(History, WithdrawsWhatItsOwnPageShowsNoMore) {
  See(Lamp({kTen, {"ships_from", "Norway", "NO"}}), Day(1));
  EXPECT_EQ(See(Lamp({kTen}), Day(2)), Kinds{"ships-from-moved"});
  EXPECT_TRUE(new_version_);
}

TEST_F(History, TakesAListInAnotherOrderForTheSameList) {
  See(Lamp({{"ships_to", "Norway", "NO"}, {"ships_to", "Sweden", "SE"}}), Day(1));
  EXPECT_EQ(See(Lamp({{"ships_to", "Sweden", "SE"}, {"ships_to", "Norway", "NO"}}), Day(2)), Kinds{});
  EXPECT_FALSE(new_version_);
}

TEST_F(History, IsGoneOnceAndBackWithAVersionOfItsOwn) {
  See(Lamp({kTen}), Day(1));
  EXPECT_FALSE(FoldAbsence(Day(2, "/elsewhere"), state_));
  EXPECT_TRUE(FoldAbsence(Day(2), state_));
  EXPECT_FALSE(FoldAbsence(Day(3), state_));
  EXPECT_EQ(state_.gone_at, Day(2).when);
  EXPECT_EQ(See(Lamp({kTen}), Day(4)), Kinds{"back"});
  EXPECT_TRUE(new_version_);
  EXPECT_EQ(current_.first_seen, Day(4).when);
  EXPECT_FALSE(state_.gone);
}

TEST_F(History, LeadsFromEachValueToTheCaptureThatShowsIt) {
  See(Lamp({kTen, {"title", "Lamp", ""}}), Day(1));
  See(Lamp({{"terms", "none", ""}}), Day(2, "/terms?id=7"));
  EXPECT_EQ(state_.values[0].capture.value, 1U);
  EXPECT_EQ(state_.values[2].capture.value, 2U);
}

TEST(Changes, AreNamedByWhatTheyMean) {
  const auto kind = [](const std::vector<Value>& before, const std::vector<Value>& after) {
    const auto changes = Differences(before, after);
    return changes.size() == 1 ? std::string(ChangeKindName(changes[0].kind))
                               : std::to_string(changes.size());
  };
  EXPECT_EQ(kind({{"pgp_key", "AA", ""}}, {{"pgp_key", "BB", ""}}), "key-changed");
  EXPECT_EQ(kind({}, {{"vacation", "true", ""}}), "vacation");
  EXPECT_EQ(kind({}, {{"vacation", "false", ""}}), "0");
  EXPECT_EQ(kind({{"vacation", "true", ""}}, {}), "returned");
  EXPECT_EQ(kind({{"price", "1", "USD"}}, {{"price", "1", "EUR"}}), "re-priced");
  EXPECT_EQ(kind({{"title", "a", ""}}, {{"title", "b", ""}}), "renamed");
  EXPECT_EQ(kind({{"strength", "a", ""}}, {{"strength", "b", ""}}), "other");
}

TEST(Changes, HaveANameEach) {
  for (std::uint8_t i = 0; i <= static_cast<std::uint8_t>(kLastChangeKind); ++i)
    EXPECT_FALSE(ChangeKindName(static_cast<ChangeKind>(i)).empty()) << int{i};
}

}  // namespace
}  // namespace nightjar::items
