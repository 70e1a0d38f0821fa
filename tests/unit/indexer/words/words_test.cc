// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <fstream>

#include "indexer/words/category_map.h"
#include "indexer/words/slang.h"

namespace nightjar::words {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string Shipped(const std::string& name) {
  std::ifstream file(std::string(NIGHTJAR_SOURCE) + "/config/" + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(CategoryMap, FindsTheTermOfASitesWords) {
  const auto map =
      CategoryMap::Parse("drugs:\n  stimulants: [cocaine, crystal meth]\nguides: [guides]\n", "c");
  ASSERT_TRUE(map.has_value()) << map.error().Format();
  EXPECT_THAT(map->TermsOf("Drugs > COCAINE"), ElementsAre("drugs.stimulants"));
  EXPECT_THAT(map->TermsOf("Crystal-Meth & Guides"), ElementsAre("drugs.stimulants", "guides"));
  EXPECT_THAT(map->TermsOf("crystal > rings"), IsEmpty());
  EXPECT_THAT(map->TermsOf("cocaines"), IsEmpty());
  EXPECT_THAT(map->TermsOf(""), IsEmpty());
}

TEST(CategoryMap, RefusesATermWithoutAListAndPointsAtIt) {
  for (const char* bad : {"guides: [a]\ndrugs: cocaine\n", "guides: [a]\ndrugs: [one two three four five]\n",
                          "guides: [a]\ndrugs: ['-']\n"}) {
    const auto map = CategoryMap::Parse(bad, "categories.yaml");
    ASSERT_FALSE(map.has_value()) << bad;
    EXPECT_EQ(map.error().where, "categories.yaml:2") << bad;
  }
}

TEST(CategoryMap, ReadsTheFileThatIsShipped) {
  const auto map = CategoryMap::Parse(Shipped("categories.yaml"), "categories.yaml");
  ASSERT_TRUE(map.has_value()) << map.error().Format();
  EXPECT_THAT(map->TermsOf("Drugs & Chemicals > Stimulants > Cocaine"), ElementsAre("drugs.stimulants"));
  EXPECT_THAT(map->TermsOf("Fraud > CVV & Cards"), ElementsAre("fraud.cards"));
}

TEST(Slang, HoldsBothWaysButNotFromNameToName) {
  const auto slang = Slang::Parse("cocaine: [snow, Blow]\n", "s");
  ASSERT_TRUE(slang.has_value()) << slang.error().Format();
  EXPECT_THAT(slang->NamesOf("Cocaine"), ElementsAre("blow", "snow"));
  EXPECT_THAT(slang->NamesOf("snow"), ElementsAre("cocaine"));
  EXPECT_THAT(slang->NamesOf("owl"), IsEmpty());
}

TEST(Slang, RefusesWhatIsNoListAndPointsAtIt) {
  for (const char* bad : {"cocaine: snow\n", "cocaine: [cocaine]\n", "'-': [snow]\n",
                          "x: [a, b, c, d, e, f, g, h, i, j, k, l, m]\n"}) {
    const auto slang = Slang::Parse(bad, "slang.yaml");
    ASSERT_FALSE(slang.has_value()) << bad;
    EXPECT_EQ(slang.error().where, "slang.yaml:1") << bad;
  }
}

TEST(Slang, ReadsTheFileThatIsShipped) {
  const auto slang = Slang::Parse(Shipped("slang.yaml"), "slang.yaml");
  ASSERT_TRUE(slang.has_value()) << slang.error().Format();
  EXPECT_THAT(slang->NamesOf("snow"), ElementsAre("cocaine"));
  EXPECT_THAT(slang->NamesOf("molly"), ElementsAre("mdma"));
  EXPECT_THAT(slang->NamesOf("bud"), ElementsAre("cannabis"));
  EXPECT_THAT(slang->NamesOf("fullz"), ElementsAre("identity", "personal information"));
}

}  // namespace
}  // namespace nightjar::words
