// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/tree.h"

#include <gtest/gtest.h>

namespace nightjar::parse {
namespace {

TEST(Tree, HoldsNodesInDocumentOrderWithTheEndOfEachSubTree) {
  const std::string markup = "<p id=a>one<b>two</b></p><p>three</p>";
  const Tree tree(markup);
  std::string order;
  for (NodeIndex i = 0; i < tree.nodes().size(); ++i) {
    const Node& node = tree[i];
    order +=
        node.tag == Tag::kText ? "'" + std::string(node.text) + "'" : std::string(Tree::NameOf(node)) + " ";
    EXPECT_GT(node.past, i);
    EXPECT_LE(node.past, tree[node.parent].past);
    EXPECT_LE(node.parent, i);
  }
  EXPECT_EQ(order, "html head body p 'one'b 'two'p 'three'");
}

TEST(Tree, KnowsWhereEverythingStandsInTheMarkup) {
  const std::string markup = "<p title=\"a&amp;b\">x&lt;y</p>";
  const Tree tree(markup);
  const auto at = [&](std::uint32_t begin, std::uint32_t end) { return markup.substr(begin, end - begin); };
  const Node& paragraph = tree[3];
  EXPECT_EQ(at(paragraph.begin, paragraph.end), "<p title=\"a&amp;b\">");
  const Attribute* title = tree.Find(paragraph, "title");
  ASSERT_NE(title, nullptr);
  EXPECT_EQ(title->value, "a&b");
  EXPECT_EQ(at(title->begin, title->end), "\"a&amp;b\"");
  EXPECT_EQ(tree[4].text, "x<y");
  EXPECT_EQ(at(tree[4].begin, tree[4].end), "x&lt;y");
}

TEST(Tree, AlwaysHasARoot) {
  const Tree tree("");
  ASSERT_FALSE(tree.nodes().empty());
  EXPECT_EQ(tree[0].tag, Tag::kHtml);
  EXPECT_EQ(tree.Value(tree[0], "lang"), "");
  EXPECT_EQ(tree.TextBelow(0), "");
}

TEST(Arena, GivesAlignedMemoryThatStays) {
  Arena arena;
  auto* first = static_cast<char*>(arena.Take(3));
  first[0] = 'x';
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(arena.Take(static_cast<std::size_t>(i) * 97)) %
                  alignof(std::max_align_t),
              0U);
  }
  EXPECT_EQ(first[0], 'x');
}

}  // namespace
}  // namespace nightjar::parse
