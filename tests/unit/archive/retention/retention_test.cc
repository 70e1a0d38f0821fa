// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "archive/retention/survey.h"
#include "tests/unit/indexer/sample.h"

namespace nightjar::retention {
namespace {

using evidence::NumberRanges;

constexpr std::int64_t kDay = 86'400;
UtcTime At(std::int64_t day) { return FromUnixMicros(day * kDay * 1'000'000); }

class RetentionTest : public testing::Test {
 protected:
  HoldNumber Place(const std::string& captures) {
    return holds_
        ->Place({.number = {},
                 .case_id = {"owl-7"},
                 .captures = NumberRanges::Parse(captures).value(),
                 .reason = "Exhibit 3",
                 .by = "Analyst 3",
                 .placed = At(0),
                 .until = At(365)})
        .value();
  }
  OrderNumber Order(const Selection& selection = {{"owl-7"}, "", At(100)}) {
    return orders_->Add(selection, "class standard", "Analyst 3", At(100)).value();
  }
  static void Take(indexer::SampleArchive& archive, std::int64_t day, const indexer::SamplePage& page) {
    archive.SetUtc(At(day));
    archive.Append({page});
  }
  HeldCaptures Held() { return HeldCaptures(holds_->All().value()); }

  TemporaryFolder folder_;
  const std::string control_ = folder_ / "control";
  std::unique_ptr<HoldStore> holds_ = HoldStore::Open(control_).value();
  std::unique_ptr<OrderStore> orders_ = OrderStore::Open(control_).value();
};

TEST_F(RetentionTest, HoldsUntilSomebodyReleasesAndRemembersWho) {
  const HoldNumber first = Place("3-5");
  Place("9");
  for (const std::uint64_t held : {3, 5, 9}) EXPECT_TRUE(Held()({held}));
  ASSERT_TRUE(holds_->Release(first, {"Trial is over", "Prosecutor", At(50)}));
  EXPECT_FALSE(Held()({3}));
  EXPECT_TRUE(Held()({9}));
  const auto all = HoldStore::Open(control_).value()->All().value();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].released->by, "Prosecutor");
  EXPECT_EQ(holds_->Release(first, {"again", "x", At(51)}).error().code, Code::kAlreadyExists);
  EXPECT_EQ(holds_->Release({77}, {"a", "b", At(1)}).error().code, Code::kNotFound);
}

TEST_F(RetentionTest, TakesNoHoldWithoutCapturesReasonOrEnd) {
  Hold hold{.number = {},
            .case_id = {"owl-7"},
            .captures = NumberRanges::Of({1}),
            .reason = "r",
            .by = "b",
            .placed = At(1),
            .until = At(2)};
  for (const auto& [field, change] : std::vector<std::pair<std::string, std::function<void(Hold&)>>>{
           {"captures", [](Hold& h) { h.captures = {}; }},
           {"reason", [](Hold& h) { h.reason = ""; }},
           {"by", [](Hold& h) { h.by = "a\nb"; }},
           {"until", [](Hold& h) { h.until = At(1); }}}) {
    Hold bad = hold;
    change(bad);
    const auto refused = holds_->Place(bad);
    ASSERT_FALSE(refused) << field;
    EXPECT_EQ(refused.error().where, field);
  }
  EXPECT_TRUE(holds_->Place(hold));
}

TEST_F(RetentionTest, WantsAnotherPersonToApprove) {
  const OrderNumber number = Order();
  EXPECT_EQ(orders_->Approve(number, "analyst 3", At(101)).error().code, Code::kRefused);
  EXPECT_EQ(orders_->Get(number)->state, OrderState::kOpen);
  const auto approved = orders_->Approve(number, "Officer 1", At(101));
  ASSERT_TRUE(approved) << approved.error().Format();
  EXPECT_EQ(approved->ended_by, "Officer 1");
  EXPECT_EQ(orders_->Approve(number, "Officer 2", At(102))->ended_by, "Officer 1") << "is gone on with";
  ASSERT_TRUE(orders_->SetLogged(number, CaptureNumber{0}) && orders_->SetDone(number));
  EXPECT_EQ(orders_->Get(number)->leaf, CaptureNumber{0});
  EXPECT_EQ(orders_->Approve(number, "Officer 2", At(103)).error().code, Code::kAlreadyExists);
}

TEST_F(RetentionTest, LetsAnOpenOrderBeWithdrawnOnly) {
  const OrderNumber number = Order();
  ASSERT_TRUE(orders_->Withdraw(number, "Analyst 3", At(101)));
  EXPECT_EQ(orders_->Approve(number, "Officer 1", At(102)).error().code, Code::kAlreadyExists);
  EXPECT_EQ(OrderStore::Open(control_).value()->All()->at(0).state, OrderState::kWithdrawn);
  EXPECT_EQ(orders_->Add({{"owl-7"}, "", At(101)}, "r", "A", At(100)).error().where, "before");
}

TEST_F(RetentionTest, KnowsWhatIsDueByTheClassOfEachJob) {
  indexer::SampleArchive archive(folder_ / "archive");
  Take(archive, 0, {.path = "/a", .body = "a", .job = "quick"});
  Take(archive, 95, {.path = "/b", .body = "b", .job = "quick", .at = 0});  // exported long ago by others
  Take(archive, 0, {.path = "/c", .body = "c", .job = "slow"});
  Take(archive, 0, {.path = "/d", .body = "d", .job = "odd"});
  Take(archive, 0, {.path = "/e", .body = "e", .job = "quick"});
  Place("4");
  const Clocks clocks({{"standard", std::chrono::days(10), std::chrono::days(30)},
                       {"long", std::chrono::days(90), std::chrono::days(900)}},
                      {{JobId{"slow"}, "long"}, {JobId{"odd"}, "nowhere"}});
  const auto rows = Survey(archive.reader(), clocks, Held(), At(100)).value();
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].class_name, "long");
  EXPECT_EQ(rows[0].review_due, 1U);
  EXPECT_EQ(rows[0].erase_due, 0U);
  EXPECT_EQ(rows[1].class_name, "nowhere");
  EXPECT_FALSE(rows[1].known_class);
  EXPECT_EQ(rows[2].captures, 3U);
  EXPECT_EQ(rows[2].review_due, 2U);
  EXPECT_EQ(rows[2].erase_due, 1U);
  EXPECT_EQ(rows[2].held, 1U);
  const auto plan = PlanErasure(archive.reader(), {{"owl-7"}, "", At(100), true}, clocks, Held()).value();
  EXPECT_EQ(plan.erase.Format(), "0");
  EXPECT_EQ(plan.restrict.Format(), "4");
  EXPECT_TRUE(plan.emptied_hosts.empty());
}

TEST_F(RetentionTest, PlansByCaseHostAndTimeAndSaysWhichHostsAreLeftEmpty) {
  indexer::SampleArchive archive(folder_ / "archive");
  Take(archive, 0, {.path = "/a", .body = "a"});
  Take(archive, 50, {.path = "/b", .body = "b"});
  Take(archive, 70, {.path = "/c", .body = "c", .case_id = "fox-1"});
  const Clocks clocks({}, {});
  const auto plan = [&](const Selection& selection) {
    return PlanErasure(archive.reader(), selection, clocks, Held()).value();
  };
  EXPECT_EQ(plan({{"owl-7"}, "", At(20)}).erase.Format(), "0");
  EXPECT_TRUE(plan({{"owl-7"}, "", At(20)}).emptied_hosts.empty());
  EXPECT_EQ(plan({{"owl-7"}, indexer::kSampleHost, At(60)}).erase.Format(), "0-1");
  EXPECT_TRUE(plan({{"owl-7"}, "", At(60)}).emptied_hosts.empty()) << "another case is there too";
  archive.Erase("0-1");
  const auto last = plan({{"fox-1"}, "", At(80)});
  EXPECT_EQ(last.erase.Format(), "2");
  EXPECT_THAT(last.emptied_hosts, testing::ElementsAre(indexer::kSampleHost));
  EXPECT_EQ(plan({{"owl-7"}, "other.onion", At(60)}).erase.Format(), "-");
  EXPECT_EQ(plan({{"owl-7"}, "", At(60), true}).erase.Format(), "-") << "no class, so nothing is due";
}

}  // namespace
}  // namespace nightjar::retention
