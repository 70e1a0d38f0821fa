// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/prescan.h"

#include <gtest/gtest.h>

#include "sandbox/parse/tree.h"

namespace nightjar::parse {
namespace {

std::string Repeat(std::string_view piece, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all.append(piece);
  return all;
}

std::size_t DepthOf(const Tree& tree) {
  std::size_t deepest = 0;
  for (NodeIndex i = 0; i < tree.nodes().size(); ++i) {
    std::size_t depth = 0;
    for (NodeIndex at = i; at != 0; at = tree[at].parent) ++depth;
    deepest = std::max(deepest, depth);
  }
  return deepest;
}

TEST(Prescan, LetsOrdinaryAndSloppyPagesPass) {
  EXPECT_FALSE(FindExcess(Repeat("<p>para<br><li>item<td>cell<option>o", 5000)));
  EXPECT_FALSE(FindExcess(Repeat("<div><b>x</div>", 5000)));  // the same <b> is kept three times at most
  EXPECT_FALSE(FindExcess(Repeat("<div>", 500) + Repeat("</div>", 500)));
  EXPECT_FALSE(FindExcess("<script>" + Repeat("<div>", 5000) + "</script>"));
  EXPECT_FALSE(FindExcess("<!--" + Repeat("<div>", 5000) + "-->"));
}

TEST(Prescan, FindsDepthHoweverItIsMade) {
  for (const char* piece : {"<div>", "<span>a", "<div></p>", "<b><div></b>", "<table><tr><td></div>",
                            "<div><table></div>", "<svg><style><div>", "<x-y>"}) {
    const auto excess = FindExcess(Repeat(piece, 2000));
    ASSERT_TRUE(excess) << piece;
    EXPECT_EQ(excess->verdict, wire::Verdict::kFallbackDeep) << piece;
  }
}

// Elements that close themselves in good HTML nest without end in bad; each of these built a tree as deep.
TEST(Prescan, FindsDepthMadeOfElementsThatUsuallyCloseThemselves) {
  for (const char* piece : {"<li><dd>", "<optgroup>", "<span><div></span>", "<form><div></form>",
                            "<table><tr><td>", "<object><p>", "<dt><li><p>", "<p><div></p>"}) {
    EXPECT_TRUE(FindExcess(Repeat(piece, 2000))) << piece;
    EXPECT_GT(DepthOf(Tree(Repeat(piece, 400))), 390U) << piece;
  }
  for (const char* piece : {"<tr>", "<td>", "<option>", "<link>", "<input>", "<a>"})
    EXPECT_TRUE(FindExcess("<svg>" + Repeat(piece, 2000))) << piece;
}

TEST(Prescan, LetsHonestPagesOfManyRowsAndPicturesPass) {
  for (const char* piece :
       {"<li>one", "<dt>term<dd>meaning", "<option>one", "<p>one<p><b>two</b>", "<li><p>one<b>two</b>",
        "<p>a<ul><li>x<li>y</ul>", "<table><tr><td>a<td>b<tr><th>c</table>",
        "<svg viewBox='0 0 1 1'><path d='M0'/><g><circle r=1></circle></g></svg><br><img src=x>",
        "<form><input><select><option>a<option>b</select></form>", "<a name=x>", "<h2>x</h2><hr>"}) {
    EXPECT_FALSE(FindExcess("<div><ul>" + Repeat(piece, 5000))) << piece;
  }
  EXPECT_FALSE(FindExcess("<table>" + Repeat("<tr><td><font color=red>a</font><td><b>b</b>", 5000)));
}

// The model of the tree builder is not exact where svg and math end oddly; found by fuzzing, built 9,000
// deep.
TEST(Prescan, RefusesPagesThatLeaveSvgOrMathOpenAgainAndAgain) {
  EXPECT_TRUE(FindExcess(Repeat("<math><te><p></svg><math><i>m</math>", 3000)));
  EXPECT_TRUE(FindExcess(Repeat("<svg/><p>", 300)));
  EXPECT_FALSE(FindExcess(Repeat("<svg><path d=M0></svg><svg><desc><p>x</p></desc></svg><p>", 3000)));
  EXPECT_FALSE(FindExcess(Repeat("<svg><path d=M0><p>", 10)));
}

TEST(Prescan, CountsFormattingThatWillBeOpenedAgain) {
  std::string page;
  for (int i = 0; i < 1000; ++i) page += "<div><b id=" + std::to_string(i) + "></div>";
  EXPECT_TRUE(FindExcess(page));
}

TEST(Prescan, FindsTooManyAttributesTagsAndBytes) {
  EXPECT_EQ(FindExcess("<p" + Repeat(" a=1", 401) + ">")->verdict, wire::Verdict::kFallbackLarge);
  EXPECT_FALSE(FindExcess("<p" + Repeat(" a=1", 400) + ">"));
  EXPECT_EQ(FindExcess(Repeat("<p>", kMaxTags + 1))->verdict, wire::Verdict::kFallbackLarge);
  EXPECT_TRUE(FindExcess("<img src='" + std::string(kMaxTagBytes, 'x') + "'>"));
}

// What passes the measure must be harmless to the tree builder, whatever tags it is made of.
TEST(Prescan, NeverPassesAPageThatBuildsAMuchDeeperTree) {
  constexpr std::string_view kPieces[] = {
      "<div>",       "</div>",     "<b>",     "</b>",     "<a href=1>", "</a>",     "<table>",   "</table>",
      "<tr>",        "<td>",       "</td>",   "<p>",      "</p>",       "<span>",   "</span>",   "<li>",
      "<ul>",        "</ul>",      "<font>",  "</font>",  "<select>",   "<option>", "<svg>",     "</svg>",
      "<button>",    "<form>",     "</form>", "<h1>",     "<i x=1>",    "<i x=2>",  "<nobr>",    "<dd>",
      "</dd>",       "<optgroup>", "<th>",    "</tr>",    "<object>",   "</li>",    "<caption>", "<template>",
      "</template>", "<desc>",     "<link>",  "</object>"};
  std::uint64_t state = 7;
  int passed = 0;
  for (int round = 0; round < 300; ++round) {
    std::string page;
    for (int i = 0; i < 1500; ++i) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      page.append(kPieces[(state >> 33) % (round % 2 == 0 ? std::size(kPieces) : 8)]);
    }
    if (FindExcess(page)) continue;
    ++passed;
    EXPECT_LE(DepthOf(Tree(page)), 2 * kMaxDepth) << page.substr(0, 200);
  }
  EXPECT_GT(passed, 0);
}

}  // namespace
}  // namespace nightjar::parse
