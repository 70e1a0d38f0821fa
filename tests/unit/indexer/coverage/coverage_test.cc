// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "indexer/coverage/ledger.h"
#include "indexer/coverage/outage.h"

namespace nightjar::coverage {
namespace {

wire::Field FieldOf(std::string name, std::string value) {
  wire::Field field;
  field.name = std::move(name);
  field.value = std::move(value);
  return field;
}

// Chapman's own form on figures worked by hand: (201 * 151) / 76 - 1.
TEST(Estimate, FollowsChapmanForTwoCrawls) {
  const auto estimate = FromTwoCrawls(200, 150, 75);
  ASSERT_TRUE(estimate);
  EXPECT_NEAR(estimate->total, 398.36, 0.01);
  EXPECT_LT(estimate->low, estimate->total);
  EXPECT_GT(estimate->high, estimate->total);
  EXPECT_GE(estimate->low, 275.0);  // what was seen
}

TEST(Estimate, IsWhatWasSeenWhenBothCrawlsSawTheSame) {
  const auto estimate = FromTwoCrawls(120, 120, 120);
  ASSERT_TRUE(estimate);
  EXPECT_NEAR(estimate->total, 120, 1e-9);
  EXPECT_NEAR(estimate->high, 120, 1e-9);
}

TEST(Estimate, SaysNothingOfCountsThatCannotBe) {
  EXPECT_FALSE(FromTwoCrawls(5, 5, 6));
  EXPECT_FALSE(FromTwoCrawls(0, 0, 0));
  EXPECT_FALSE(FromManyCrawls({10}));
  EXPECT_FALSE(FromManyCrawls({0, 0, 0}));
}

// Chao 1987, bias-corrected: 43 + 18 * 17 / (2 * (8 + 1)).
TEST(Estimate, FollowsChaoForManyCrawls) {
  const auto estimate = FromManyCrawls({18, 8, 6, 5, 6});
  ASSERT_TRUE(estimate);
  EXPECT_NEAR(estimate->total, 43 + 17.0, 1e-9);
}

TEST(Announced, AreCountsOfCategoriesAndOfTheWholeSite) {
  wire::Facts page;
  page.page_kind = wire::PageKind::kMain;
  page.fields = {FieldOf("announced_count", "120")};
  page.items = {{"category", {}, {FieldOf("title", "Guides"), FieldOf("count", "17")}},
                {"offer", {}, {FieldOf("title", "Lamp"), FieldOf("count", "3")}}};
  const auto announced = AnnouncedBy(page, {4}, {});
  ASSERT_EQ(announced.size(), 2U);
  EXPECT_EQ(announced[0].category, "");
  EXPECT_EQ(announced[0].count, 120U);
  EXPECT_EQ(announced[1].category, "Guides");
  EXPECT_EQ(announced[1].count, 17U);
}

TEST(Announced, AreNotTakenFromVendorsSearchesAndWalls) {
  wire::Facts page;
  page.fields = {FieldOf("announced_count", "120")};
  for (const auto kind : {wire::PageKind::kVendor, wire::PageKind::kIndex, wire::PageKind::kThread}) {
    page.page_kind = kind;
    EXPECT_TRUE(AnnouncedBy(page, {}, {}).empty());
  }
  page.page_kind = wire::PageKind::kMain;
  page.page_class = wire::PageClass::kLogin;
  EXPECT_TRUE(AnnouncedBy(page, {}, {}).empty());
}

TEST(Ledger, ShowsByCategoryWhatWasCapturedOfWhatIsAnnounced) {
  Ledger ledger;
  ledger.Announce({"", 10, {}, {}});
  ledger.Announce({"Tiles", 4, {}, {}});
  for (int i = 0; i < 8; ++i) ledger.Capture(std::to_string(i), i < 3 ? "Tiles > Blue" : "Owls", 1);
  const auto rows = ledger.Rows();
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].captured, 8U);
  EXPECT_DOUBLE_EQ(rows[0].Share().value_or(0), 0.8);
  EXPECT_EQ(rows[1].category, "Owls");
  EXPECT_FALSE(rows[1].Share());
  EXPECT_EQ(rows[2].category, "Tiles");
  EXPECT_DOUBLE_EQ(rows[2].Share().value_or(0), 0.75);
  EXPECT_EQ(rows[3].category, "Tiles > Blue");
}

TEST(Ledger, TakesABareNameForTheOnePathThatEndsSo) {
  Ledger ledger;
  ledger.Announce({"Tiles", 2, {}, {}});
  ledger.Announce({"Other", 9, {}, {}});
  ledger.Capture("a", "Ceramics > Tiles", 1);
  ledger.Capture("b", "Ceramics > Other", 1);
  ledger.Capture("c", "Garden > Other", 1);
  for (const Row& row : ledger.Rows()) {
    SCOPED_TRACE(row.category);
    EXPECT_EQ(row.announced.has_value(), row.category == "Ceramics > Tiles" || row.category == "Other");
    if (row.category == "Ceramics > Tiles") {
      EXPECT_EQ(row.announced->count, 2U);
    } else if (row.category == "Other") {
      EXPECT_EQ(row.captured, 0U) << "two paths end so: whose count it is cannot be told";
    }
  }
}

TEST(Ledger, BelievesTheNewestCount) {
  Ledger ledger;
  ledger.Announce({"", 10, {}, FromUnixMicros(2)});
  ledger.Announce({"", 20, {}, FromUnixMicros(1)});
  EXPECT_EQ(ledger.Rows()[0].announced->count, 10U);
}

TEST(Ledger, EstimatesWhatTwoCrawlsMissed) {
  Ledger ledger;
  for (int i = 0; i < 200; ++i) ledger.Capture(std::to_string(i), "", 1);
  for (int i = 125; i < 275; ++i) ledger.Capture(std::to_string(i), "", 2);
  ledger.Capture("3", "", 1);  // again in the same crawl
  const auto estimate = ledger.EstimateTotal();
  ASSERT_TRUE(estimate);
  EXPECT_NEAR(estimate->total, 398.36, 0.01);
}

Try At(int minute, bool answered) { return {FromUnixMicros(minute * 60'000'000LL), answered}; }

TEST(Outages, AreSeveralFailuresOverTime) {
  const auto outages = OutagesIn({At(0, true), At(10, false), At(30, false), At(60, false), At(90, true)});
  ASSERT_EQ(outages.size(), 1U);
  EXPECT_EQ(outages[0].last_answer, At(0, true).when);
  EXPECT_EQ(outages[0].first_failure, At(10, true).when);
  EXPECT_EQ(outages[0].next_answer, At(90, true).when);
  EXPECT_TRUE(outages[0].ended);
  EXPECT_EQ(outages[0].tries, 3U);
}

TEST(Outages, AreFoundInSpellsAsInTheTriesTheyAreMadeOf) {
  const auto at = [](int minute) { return FromUnixMicros(minute * 60'000'000LL); };
  const auto outages = OutagesIn({Spell{at(0), at(5), 2, true}, Spell{at(10), at(70), 4, false},
                                  Spell{at(80), at(80), 1, true}, Spell{at(90), at(200), 2, false}});
  ASSERT_EQ(outages.size(), 1U) << "two failures are none yet";
  EXPECT_EQ(outages[0].last_answer, at(5));
  EXPECT_EQ(outages[0].first_failure, at(10));
  EXPECT_EQ(outages[0].last_failure, at(70));
  EXPECT_EQ(outages[0].next_answer, at(80));
  EXPECT_EQ(outages[0].tries, 4U);
}

TEST(Outages, AreNotASingleFailureNorAQuickBurst) {
  EXPECT_TRUE(OutagesIn({At(0, true), At(10, false), At(90, true)}).empty());
  EXPECT_TRUE(OutagesIn({At(0, false), At(1, false), At(2, false), At(3, false)}).empty());
}

TEST(Outages, MayStillGoOn) {
  const auto outages = OutagesIn({At(0, false), At(20, false), At(40, false)});
  ASSERT_EQ(outages.size(), 1U);
  EXPECT_FALSE(outages[0].ended);
  EXPECT_EQ(outages[0].last_answer, outages[0].first_failure);
}

}  // namespace
}  // namespace nightjar::coverage
