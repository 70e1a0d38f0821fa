// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/slang_tree.h"

#include <gtest/gtest.h>

namespace nightjar::query {
namespace {

const words::Slang& Names() {
  static const words::Slang kSlang =
      words::Slang::Parse("cocaine: [snow, china white]\nmdma: [molly]\n", "slang.yaml").value();
  return kSlang;
}

Expanded Expand(const std::string& text) { return ExpandSlang(Parse(text).value(), Names()); }

TEST(SlangTree, PutsTheNamesOfAWordBesideItAndSaysSo) {
  const Expanded expanded = Expand("Cocaine price:10..50");
  ASSERT_EQ(expanded.applied.size(), 1U);
  EXPECT_EQ(expanded.applied[0], (SlangExpansion{"Cocaine", {"china white", "snow"}}));
  const Node& either = expanded.tree.children[0];
  ASSERT_EQ(either.kind, NodeKind::kOr);
  ASSERT_EQ(either.children.size(), 3U);
  EXPECT_EQ(either.children[0].text, "Cocaine");
  EXPECT_EQ(either.children[1].kind, NodeKind::kPhrase);
  EXPECT_EQ(either.children[2].kind, NodeKind::kWord);
}

TEST(SlangTree, WidensPhrasesAndAlternatives) {
  EXPECT_EQ(Expand("\"china white\" OR molly").applied.size(), 2U);
}

TEST(SlangTree, LeavesFieldsNearNegationsAndPrefixesAsTheyAre) {
  for (const char* text :
       {"title:cocaine", "NOT cocaine", "cocaine NEAR owl", "cocai*", "owl", "-(snow OR molly)"})
    EXPECT_TRUE(Expand(text).applied.empty()) << text;
}

TEST(SlangTree, StopsAtTheLimitOfWords) {
  std::string text = "molly";
  for (int i = 0; i < 62; ++i) text += " a" + std::to_string(i);
  EXPECT_EQ(Expand(text).applied.size(), 1U);
  EXPECT_TRUE(Expand(text + " b").applied.empty());
}

}  // namespace
}  // namespace nightjar::query
