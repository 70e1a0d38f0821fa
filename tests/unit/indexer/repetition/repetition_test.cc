// SPDX-License-Identifier: Apache-2.0
#include "indexer/repetition/repetition.h"

#include <gtest/gtest.h>

namespace nightjar::repetition {
namespace {

const std::string kSite = "site.onion";

// A page of a template: menu, matter, footer.
wire::Facts Page(int number, const std::string& menu = "Home\nOrders") {
  wire::Facts facts;
  const std::string n = std::to_string(number);
  facts.text = menu + "\nLamp " + n + "\nPrice: " + n + "0 USD\nShips from: Norway\n(c) Some market";
  return facts;
}

std::string Url(int number) { return "http://site.onion/item/" + std::to_string(number); }

Repetition Taught(int pages) {
  Repetition table;
  for (int i = 0; i < pages; ++i) table.Learn(kSite, Url(i), Page(i));
  return table;
}

std::vector<std::string> Found(const Repetition& table, const wire::Facts& facts) {
  std::vector<std::string> found;
  for (const wire::Span& span : table.Boilerplate(kSite, facts))
    found.push_back(facts.text.substr(span.begin, span.end - span.begin));
  return found;
}

using Lines = std::vector<std::string>;

TEST(Repetition, FindsTheLinesThatMostPagesShare) {
  EXPECT_EQ(Found(Taught(5), Page(77)), (Lines{"Home\nOrders", "Ships from: Norway\n(c) Some market"}));
}

TEST(Repetition, SaysNothingOfSitesItHardlyKnows) {
  EXPECT_EQ(Found(Taught(4), Page(77)), Lines{});
  EXPECT_EQ(Found(Repetition(), Page(77)), Lines{});
  EXPECT_TRUE(Taught(9).Boilerplate("other.onion", Page(77)).empty());
}

TEST(Repetition, KeepsLinesThatHoldAValueOfThePagesItem) {
  wire::Facts page = Page(77);
  page.fields = {{"ships_from", wire::FieldType::kCountry, {}, "NO", "", "Norway", {}, 90}};
  EXPECT_EQ(Found(Taught(20), page), (Lines{"Home\nOrders", "(c) Some market"}));
}

TEST(Repetition, TakesNoPartOfAWordForAValue) {
  Repetition table;
  for (int i = 0; i < 9; ++i) table.Learn(kSite, Url(i), Page(i, "Figurines16"));
  wire::Facts page = Page(77, "Figurines16");
  page.fields = {{"stock", wire::FieldType::kCount, {}, "16", "", "16", {}, 90}};
  EXPECT_EQ(Found(table, page).at(0), "Figurines16");
}

TEST(Repetition, CountsAPageOnceHoweverOftenItIsFetched) {
  Repetition table;
  for (int i = 0; i < 50; ++i) table.Learn(kSite, Url(1), Page(1));
  EXPECT_EQ(Found(table, Page(1)), Lines{});
}

TEST(Repetition, CountsALineOnceForEachPage) {
  Repetition table;
  for (int i = 0; i < 10; ++i) {
    wire::Facts page = Page(i);
    if (i < 3) page.text += "\nbuy\nbuy\nbuy\nbuy\nbuy";
    table.Learn(kSite, Url(i), page);
  }
  wire::Facts page;
  page.text = "buy\nanother line";
  EXPECT_EQ(Found(table, page), Lines{});
}

TEST(Repetition, LearnsFromContentOnly) {
  Repetition table;
  for (int i = 0; i < 20; ++i) {
    wire::Facts wall = Page(i);
    wall.page_class = wire::PageClass::kCaptcha;
    table.Learn(kSite, Url(i), wall);
    wire::Facts fallback = Page(i);
    fallback.verdict = wire::Verdict::kCrashed;
    table.Learn(kSite, Url(i), fallback);
  }
  EXPECT_EQ(table.size(), 0U);
}

TEST(Repetition, FollowsASiteThatChangesItsMenu) {
  Repetition table = Taught(70);
  for (int i = 100; i < 170; ++i) table.Learn(kSite, Url(i), Page(i, "Start\nBasket"));
  EXPECT_EQ(Found(table, Page(77, "Start\nBasket")).at(0), "Start\nBasket");
  EXPECT_EQ(Found(table, Page(77, "Home\nOrders")).at(0), "Ships from: Norway\n(c) Some market");
}

TEST(Repetition, KeepsTheMenuOfSitesWithEndlessLines) {
  Repetition table;
  for (int i = 0; i < 20; ++i) {
    wire::Facts page = Page(i);
    for (int line = 0; line < 3000; ++line)
      page.text += "\nline " + std::to_string(i) + "/" + std::to_string(line);
    table.Learn(kSite, Url(i), page);
  }
  EXPECT_EQ(Found(table, Page(77)).at(0), "Home\nOrders");
  EXPECT_LT(table.EncodeSite(kSite).size(), kMostLines * 10 + kWindow * 8 + kMostShapes * 9 + 100);
}

TEST(Repetition, ForgetsTheSiteLearnedFromLongestAgo) {
  Repetition table = Taught(6);
  wire::Facts page;
  page.text = "x";
  for (std::size_t i = 1; i < kMostSites; ++i) table.Learn("s" + std::to_string(i), "u", page);
  table.Learn(kSite, Url(9), Page(9));
  table.Learn("one more", "u", page);
  EXPECT_EQ(table.size(), kMostSites);
  EXPECT_FALSE(Found(table, Page(77)).empty());
}

TEST(Repetition, FindsACounterOfTheMenuAgainWhateverItCounts) {
  Repetition table;
  for (int i = 0; i < 5; ++i) table.Learn(kSite, Url(i), Page(i, "Home\nOrders (9)"));
  EXPECT_EQ(Found(table, Page(77, "Home\nOrders (1,024)")).at(0), "Home\nOrders (1,024)");
  EXPECT_EQ(Found(table, Page(77, "Home\nOrders (many)")).at(0), "Home");
}

TEST(Repetition, TakesNoLineForACounterThatDiffersFromPageToPage) {
  const Repetition table = Taught(60);
  for (const std::string& range : Found(table, Page(77))) EXPECT_EQ(range.find("Price"), std::string::npos);
}

TEST(Repetition, ForgetsACounterThatTheSiteNoLongerShows) {
  Repetition table;
  for (int i = 0; i < 60; ++i) table.Learn(kSite, Url(i), Page(i, "Home\nOrders (9)"));
  for (int i = 100; i < 300; ++i) table.Learn(kSite, Url(i), Page(i, "Home"));
  EXPECT_EQ(Found(table, Page(77, "Home\nOrders (4)")).at(0), "Home");
}

TEST(Repetition, LeavesAPageThatSaysNothingElseWhole) {
  const Repetition table = Taught(9);
  wire::Facts page;
  page.text = "Home\nOrders";
  EXPECT_EQ(Found(table, page), Lines{});
  page.text += "\nGood morning";
  EXPECT_EQ(Found(table, page), Lines{"Home\nOrders"});
}

TEST(ShapeOfALine, IsTheLineWithEachNumberAsOneSign) {
  EXPECT_EQ(ShapeOf("Orders (3)"), "Orders (#)");
  EXPECT_EQ(ShapeOf("1 BTC = 67,123.50 USD."), "# BTC = # USD.");
  EXPECT_EQ(ShapeOf("Orders"), "") << "no number";
  EXPECT_EQ(ShapeOf("5 kg"), "") << "too few letters: any page may say it";
  EXPECT_EQ(ShapeOf(std::string(kLongestShape, 'a') + "1"), "") << "longer than a menu's entry";
}

TEST(Repetition, ComesBackFromItsBytes) {
  Repetition table = Taught(40);
  table.Learn("b.onion", Url(1), Page(1));
  Repetition back;
  for (const std::string& site : table.TakeChanged())
    ASSERT_TRUE(back.RestoreSite(site, table.EncodeSite(site)));
  for (const std::string site : {kSite.c_str(), "b.onion"})
    EXPECT_EQ(back.EncodeSite(site), table.EncodeSite(site));
  EXPECT_EQ(Found(back, Page(77)), Found(table, Page(77)));
  EXPECT_EQ(back.size(), 2U);
}

TEST(Repetition, SaysWhichSitesHaveChanged) {
  Repetition table = Taught(2);
  EXPECT_EQ(table.TakeChanged(), std::set<std::string>{kSite});
  EXPECT_EQ(table.TakeChanged(), std::set<std::string>{});
  table.ForgetSite(kSite);
  EXPECT_EQ(table.TakeChanged(), std::set<std::string>{kSite});
  EXPECT_EQ(table.EncodeSite(kSite), "");
}

TEST(Repetition, RefusesEveryOtherBytes) {
  const Bytes bytes = Taught(6).EncodeSite(kSite);
  const auto restored = [](const Bytes& row) { return Repetition().RestoreSite(kSite, row).has_value(); };
  EXPECT_TRUE(restored(bytes));
  EXPECT_FALSE(restored(""));
  EXPECT_FALSE(restored(bytes + "x"));
  for (std::size_t cut = 0; cut < bytes.size(); cut += 7) EXPECT_FALSE(restored(bytes.substr(0, cut)));
  Bytes other = bytes;
  other[0] = 9;
  EXPECT_FALSE(restored(other));
}

}  // namespace
}  // namespace nightjar::repetition
