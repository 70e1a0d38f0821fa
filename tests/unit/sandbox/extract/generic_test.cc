// SPDX-License-Identifier: Apache-2.0
// The smaller rules of generic reading on their own. What they add up to: tests/contract/templates_test.cc.
#include <gtest/gtest.h>

#include "sandbox/extract/bulk_prices.h"
#include "tests/unit/sandbox/extract/page_of.h"

namespace nightjar::extract {
namespace {

std::string QuantityOf(std::string_view text) {
  const auto quantity = LeadingQuantity(text);
  if (!quantity) return "none";
  return std::string(text.substr(quantity->begin, quantity->end - quantity->begin)) +
         (quantity->plain ? " (plain)" : "");
}

TEST(BulkPrices, KnowQuantitiesByUnitOrRange) {
  EXPECT_EQ(QuantityOf("10g - $80"), "10g");
  EXPECT_EQ(QuantityOf("3.5 grams: 30 EUR"), "3.5 grams");
  EXPECT_EQ(QuantityOf("5 - 9"), "5 - 9");
  EXPECT_EQ(QuantityOf("50+ pieces"), "50+ pieces");
  EXPECT_EQ(QuantityOf(">= 100"), ">= 100");
  EXPECT_EQ(QuantityOf("10"), "10 (plain)");
  EXPECT_EQ(QuantityOf("10 - 80 USD"), "10 (plain)");
  for (const char* none : {"", "ten", "10th", "g", "$10"}) EXPECT_EQ(QuantityOf(none), "none") << none;
}

TEST(BulkPrices, AreAQuantityAPriceAndNothingElse) {
  for (const char* text : {"10g - $80", "5 pcs = 20 EUR", "1kg: $590 (0.08 BTC)", "10+ @ $7.20 each"})
    EXPECT_TRUE(IsBulkPrice(text)) << text;
  for (const char* text :
       {"10 - $80", "10g of the finest - $80", "2 days - $5", "10g", "$80", "10g - $80 plus shipping"})
    EXPECT_FALSE(IsBulkPrice(text)) << text;
}

TEST(Posts, KeepWhatTheyQuoteApart) {
  const wire::Facts facts = Read(
      "<title>Knots</title><h1>Knots</h1><div class=post id=p7><a href=/user/bob>bob</a><div>3 March "
      "2020</div>"
      "<div class=content>Before.<blockquote><cite>eve wrote:</cite>Which <b>kn</b>ot?<blockquote>deeper"
      "</blockquote></blockquote>After, <i>quite</i> after.</div></div>"
      "<div class=post id=p8><a href=/user/eve>eve</a><div>4 March 2020</div><div "
      "class=content>Thanks.</div></div>");
  ASSERT_EQ(facts.items.size(), 2U);
  std::string all;
  for (const wire::Field& field : facts.items[0].fields) all += field.name + "=" + field.value + "|";
  EXPECT_NE(all.find("|text=Before.\nAfter, quite after.|"), std::string::npos) << all;
  EXPECT_NE(all.find("|quote=Which knot?\ndeeper|quoted_author=eve|"), std::string::npos) << all;
}

// What a person sees goes before what the page says for machines.
TEST(Statements, FillOnlyWhatIsNotToBeSeen) {
  const wire::Facts facts = Read(
      "<title>Bell</title><script type='application/ld+json'>{\"@type\":\"Product\",\"name\":\"Another\","
      "\"brand\":\"Clang\",\"offers\":{\"price\":1,\"priceCurrency\":\"USD\"}}</script>"
      "<h1>Bell</h1><p>Price: 20 EUR</p><p>Vendor: bob</p>");
  EXPECT_EQ(facts.page_kind, wire::PageKind::kListing);
  EXPECT_EQ(FieldsOf(facts, "title"), "Bell");
  EXPECT_EQ(FieldOf(facts, "price"), "20 EUR");
  EXPECT_EQ(FieldOf(facts, "brand"), "Clang");
}

TEST(Statements, OfSeveralProductsMakeNoListing) {
  std::string body = "<title>Bells</title>";
  for (const char* name : {"Bell", "Gong"})
    body += std::string("<div itemscope itemtype='http://schema.org/Product'><b itemprop=name>") + name +
            "</b><p itemprop=offers itemscope><i itemprop=price content=5>five</i></p></div>";
  EXPECT_NE(Read(body).page_kind, wire::PageKind::kListing);
}

TEST(Pages, SayWhereTheyStand) {
  const wire::Facts facts =
      Read("<title>Bells</title><h1>Bells</h1><p>Showing 21-40 of 1,345</p><p>Page 2 of 68</p>");
  EXPECT_EQ(FieldOf(facts, "announced_count"), "1345");
  EXPECT_EQ(FieldOf(facts, "page"), "2");
  EXPECT_EQ(FieldOf(facts, "last_page"), "68");
}

TEST(Pages, AreKnownByTheNumberThatIsNoLink) {
  std::string links = "<a href=/b?p=1>1</a> <b>2</b>";
  for (const char* number : {"3", "4", "5"})
    links += std::string(" <a href=/b?p=") + number + ">" + number + "</a>";
  const wire::Facts facts = Read("<title>Bells</title><h1>Bells</h1><div class=pager>" + links + "</div>");
  EXPECT_EQ(FieldOf(facts, "page"), "2");
  EXPECT_EQ(FieldOf(facts, "next_page"), "/b?p=3");
}

}  // namespace
}  // namespace nightjar::extract
