// SPDX-License-Identifier: Apache-2.0
// What queries read from columns: facets, orders, collapse, cases.
#include <gmock/gmock.h>

#include "tests/unit/indexer/query/corpus.h"

namespace nightjar::query {
namespace {

using indexer::SampleFacts;
using testing::ElementsAre;
using testing::IsEmpty;

class Shop : public Corpus {
 protected:
  Shop() {
    Add("/1", Listing("Barn owl", "30.50 USD", "Alice", {"Germany", "France"}), 1);
    Add("/2", Listing("Snowy owl", "9 EUR", "Bob", {"Germany"}), 5);
    Add("/3", Listing("Raven", "100 USD", "Alice", {}), 3);
    Add("/4", Listing("Secret owl", "1 USD", "Carol", {"Peru"}), 4, "raven-1");
  }

  static wire::Facts Listing(const std::string& title, const std::string& price, const std::string& vendor,
                             const std::vector<std::string>& ships_to) {
    std::vector<std::pair<std::string, std::string>> fields{{"price", price}, {"vendor", vendor}};
    for (const std::string& place : ships_to) fields.emplace_back("ships_to", place);
    return SampleFacts(title, "bird " + title, fields);
  }

  std::vector<std::string> InOrder(Order order, bool collapse = false) {
    std::vector<std::string> titles;
    const auto answer = OpenSearcher()->Search({.text = "bird", .order = order, .collapse = collapse});
    for (const Hit& hit : answer->hits) titles.push_back(hit.title);
    return titles;
  }
};

TEST_F(Shop, CountsFacetsExactlyUnderTheFilter) {
  const auto answer =
      OpenSearcher()->Search({.text = "owl price:5..50", .facets = {"vendor", "ships_to", "currency"}});
  ASSERT_TRUE(answer.has_value());
  ASSERT_EQ(answer->facets.size(), 3U);
  EXPECT_EQ(answer->facets[0].name, "vendor");
  EXPECT_THAT(answer->facets[0].values, ElementsAre(FacetValue{"Alice", 1}, FacetValue{"Bob", 1}));
  EXPECT_THAT(answer->facets[1].values, ElementsAre(FacetValue{"Germany", 2}, FacetValue{"France", 1}));
  EXPECT_THAT(answer->facets[2].values, ElementsAre(FacetValue{"EUR", 1}, FacetValue{"USD", 1}));
}

TEST_F(Shop, CountsFacetsOfAllMatchesWhereFewAreShown) {
  const auto answer = OpenSearcher()->Search(
      {.text = "bird", .limit = 1, .order = Order::kNewest, .facets = {"vendor"}, .facet_values = 1});
  EXPECT_EQ(answer->total, 4U);
  EXPECT_EQ(answer->hits.size(), 1U);
  EXPECT_THAT(answer->facets[0].values, ElementsAre(FacetValue{"Alice", 2}));
}

TEST_F(Shop, RefusesAFacetThatIsNone) {
  const auto answer = OpenSearcher()->Search({.text = "owl", .facets = {"colour"}});
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().where, "colour");
  EXPECT_THAT(answer.error().text, testing::HasSubstr("vendor"));
}

TEST_F(Shop, SortsByAnyValueWithThoseThatLackItLast) {
  Add("/5", SampleFacts("No price", "bird"), 0);
  EXPECT_THAT(InOrder(Order::kCheapest),
              ElementsAre("Secret owl", "Snowy owl", "Barn owl", "Raven", "No price"));
  EXPECT_THAT(InOrder(Order::kDearest),
              ElementsAre("Raven", "Barn owl", "Snowy owl", "Secret owl", "No price"));
  EXPECT_THAT(InOrder(Order::kNewest),
              ElementsAre("Snowy owl", "Secret owl", "Raven", "Barn owl", "No price"));
  EXPECT_EQ(InOrder(Order::kOldest).front(), "No price");
}

TEST_F(Shop, TellsNothingOfCasesThatThePersonMayNotSee) {
  Request request{.text = "owl", .facets = {"vendor", "case"}, .cases = std::vector<std::string>{"owl-7"}};
  const auto answer = OpenSearcher()->Search(request);
  EXPECT_EQ(answer->total, 2U);
  EXPECT_THAT(answer->facets[0].values, ElementsAre(FacetValue{"Alice", 1}, FacetValue{"Bob", 1}));
  EXPECT_THAT(answer->facets[1].values, ElementsAre(FacetValue{"owl-7", 2}));
  request.text = "secrett";
  EXPECT_EQ(OpenSearcher()->Search(request)->corrected, "");
  request.cases->push_back("raven-1");
  EXPECT_EQ(OpenSearcher()->Search(request)->corrected, "secret");
  request.cases->clear();
  request.text = "owl";
  EXPECT_EQ(OpenSearcher()->Search(request)->total, 0U) << "nobody's cases are nobody's";
}

TEST_F(Shop, ShowsOfAPagesVersionsTheNewestThatMatches) {
  Add("/1", Listing("Barn owl, now cheaper", "20 USD", "Alice", {}), 8);
  Add("/1", Listing("Barn duck", "20 USD", "Alice", {}), 9);
  EXPECT_THAT(InOrder(Order::kNewest, true), ElementsAre("Barn duck", "Snowy owl", "Secret owl", "Raven"));
  const auto answer =
      OpenSearcher()->Search({.text = "owl vendor:alice", .collapse = true, .facets = {"vendor"}});
  ASSERT_EQ(answer->total, 1U);
  EXPECT_EQ(answer->hits[0].title, "Barn owl, now cheaper");
  EXPECT_FALSE(answer->hits[0].newest);
  EXPECT_THAT(answer->facets[0].values, ElementsAre(FacetValue{"Alice", 1}));
  EXPECT_EQ(OpenSearcher()->Search({.text = "owl vendor:alice"})->total, 2U);
}

TEST_F(Shop, MakesTheOldVersionTheNewestWhereThePageGoesBackToIt) {
  const auto first = Listing("Barn owl", "30.50 USD", "Alice", {"Germany", "France"});
  Add("/1", Listing("Barn owl, sale", "20 USD", "Alice", {}), 8);
  Add("/1", first, 9);
  const auto answer = OpenSearcher()->Search({.text = "barn", .collapse = true});
  ASSERT_EQ(answer->total, 1U);
  EXPECT_EQ(answer->hits[0].title, "Barn owl");
  EXPECT_TRUE(answer->hits[0].newest);
  EXPECT_EQ(answer->hits[0].captures, 2U);
}

TEST_F(Corpus, FindsNothingOfPagesWithoutTheNumberInARange) {
  Add("/1", SampleFacts("Owl", "clay"));
  EXPECT_THAT(Titles("price:0.."), IsEmpty());
  EXPECT_THAT(Titles("owl NOT price:0.."), ElementsAre("Owl"));
  EXPECT_THAT(Titles("price:1..2 OR class:content"), ElementsAre("Owl"));
}

}  // namespace
}  // namespace nightjar::query
