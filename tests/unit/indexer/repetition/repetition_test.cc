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
  page.text = "buy";
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
  EXPECT_LT(table.Encode().size(), kMostLines * 10 + kWindow * 8 + 100);
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

TEST(Repetition, ComesBackFromItsBytes) {
  const Repetition table = Taught(40);
  const auto back = Repetition::Decode(table.Encode());
  ASSERT_TRUE(back);
  EXPECT_EQ(back->Encode(), table.Encode());
  EXPECT_EQ(Found(*back, Page(77)), Found(table, Page(77)));
  EXPECT_TRUE(Repetition::Decode(Repetition().Encode()));
}

TEST(Repetition, RefusesEveryOtherBytes) {
  const Bytes bytes = Taught(6).Encode();
  EXPECT_FALSE(Repetition::Decode(""));
  EXPECT_FALSE(Repetition::Decode(bytes + "x"));
  for (std::size_t cut = 0; cut < bytes.size(); cut += 7)
    EXPECT_FALSE(Repetition::Decode(bytes.substr(0, cut)));
  Bytes other = bytes;
  other[0] = 9;
  EXPECT_FALSE(Repetition::Decode(other));
}

}  // namespace
}  // namespace nightjar::repetition
