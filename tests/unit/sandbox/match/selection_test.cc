// SPDX-License-Identifier: Apache-2.0
#include "sandbox/match/selection.h"

#include <gmock/gmock.h>

namespace nightjar::match {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kPage =
    "<body><div id=top class='box wide'><p>one</p><p class=x>two <b>bold</b></p><span>three</span></div>"
    "<table><tr class=row><td>Price</td><td data-v='A-1'>5 USD</td></tr>"
    "<tr class=row><td>Ships\n from</td><td data-v='B-2'>DE</td></tr></table>"
    "<ul><li>1</li><li>2</li><li>3</li><li>4</li></ul></body>";

class SelectTest : public testing::Test {
 protected:
  std::vector<std::string> Texts(const std::string& selector, parse::NodeIndex scope = 0) {
    std::vector<std::string> texts;
    for (const auto node : selection_.FindAll(*css::ParseSelector(selector), scope))
      texts.push_back(tree_.TextBelow(node));
    return texts;
  }
  parse::NodeIndex Node(const std::string& selector) {
    return selection_.FindFirst(*css::ParseSelector(selector)).value_or(0);
  }
  parse::Tree tree_{kPage};
  Selection selection_{tree_};
};

TEST_F(SelectTest, FindsByNameClassAndId) {
  EXPECT_THAT(Texts("#top > p"), ElementsAre("one", "two bold"));
  EXPECT_THAT(Texts("p.x"), ElementsAre("two bold"));
  EXPECT_THAT(Texts(".wide.box b"), ElementsAre("bold"));
  EXPECT_THAT(Texts(".wide.tall b"), IsEmpty());
  EXPECT_THAT(Texts("B, span"), ElementsAre("bold", "three"));
}

TEST_F(SelectTest, FollowsEveryCombinator) {
  EXPECT_THAT(Texts("p + span"), ElementsAre("three"));
  EXPECT_THAT(Texts("p ~ span"), ElementsAre("three"));
  EXPECT_THAT(Texts("p:first-child + span"), IsEmpty());
  EXPECT_THAT(Texts("table td + td"), ElementsAre("5 USD", "DE"));
  EXPECT_THAT(Texts("table > td"), IsEmpty());
}

TEST_F(SelectTest, ComparesAttributes) {
  EXPECT_THAT(Texts("[data-v]"), ElementsAre("5 USD", "DE"));
  EXPECT_THAT(Texts("[data-v='A-1']"), ElementsAre("5 USD"));
  EXPECT_THAT(Texts("[data-v|=B]"), ElementsAre("DE"));
  EXPECT_THAT(Texts("[data-v^=A]"), ElementsAre("5 USD"));
  EXPECT_THAT(Texts("[data-v$='2']"), ElementsAre("DE"));
  EXPECT_THAT(Texts("[data-v*='-']"), ElementsAre("5 USD", "DE"));
  EXPECT_THAT(Texts("[data-v=a-1]"), IsEmpty());
  EXPECT_THAT(Texts("[data-v=a-1 i]"), ElementsAre("5 USD"));
  EXPECT_THAT(Texts("[class~=wide] > span"), ElementsAre("three"));
  EXPECT_THAT(Texts("[data-v*='']"), IsEmpty()) << "an empty part is no part (Selectors 4, 6.2)";
}

TEST_F(SelectTest, CountsChildren) {
  EXPECT_THAT(Texts("li:nth-child(odd)"), ElementsAre("1", "3"));
  EXPECT_THAT(Texts("li:nth-child(-n+2)"), ElementsAre("1", "2"));
  EXPECT_THAT(Texts("li:nth-child(n+3)"), ElementsAre("3", "4"));
  EXPECT_THAT(Texts("li:last-child"), ElementsAre("4"));
  EXPECT_THAT(Texts("li:nth-last-child(2)"), ElementsAre("3"));
  EXPECT_THAT(Texts("#top > :nth-of-type(2)"), ElementsAre("two bold"));
  EXPECT_THAT(Texts("#top > :last-of-type"), ElementsAre("two bold", "three"));
  EXPECT_THAT(Texts("b:only-child"), ElementsAre("bold"));
}

TEST_F(SelectTest, LooksAtTextAndAtWhatIsInside) {
  EXPECT_THAT(Texts("td:contains('Ships from') + td"), ElementsAre("DE"));
  EXPECT_THAT(Texts("tr:has(td:contains(Price)) td + td"), ElementsAre("5 USD"));
  EXPECT_THAT(Texts("p:not(.x)"), ElementsAre("one"));
  EXPECT_THAT(Texts("p:is(.x, .y)"), ElementsAre("two bold"));
}

TEST_F(SelectTest, CountsFromItsScope) {
  const auto row = Node("tr.row:nth-child(2)");
  EXPECT_THAT(Texts("td", row), ElementsAre("Ships\n from", "DE"));
  EXPECT_THAT(Texts("> td:last-child", row), ElementsAre("DE"));
  EXPECT_THAT(Texts("tr", row), IsEmpty()) << "the scope itself is meant only by :scope";
  EXPECT_THAT(Texts(":scope", row), ElementsAre("Ships\n fromDE"));
  EXPECT_THAT(Texts(":scope:not(.other) > td:first-child", row), ElementsAre("Ships\n from"));
  EXPECT_THAT(Texts(":scope:not(.row)", row), IsEmpty());
  EXPECT_THAT(Texts("+ tr", Node("tr.row")), ElementsAre("Ships\n fromDE"));
  EXPECT_THAT(Texts("~ tr td + td", Node("tr.row")), ElementsAre("DE"));
}

TEST_F(SelectTest, StopsWhenAPageMakesItWorkTooLong) {
  std::string page = "<body>";
  for (int i = 0; i < 20000; ++i) page += "<i></i>";
  const parse::Tree tree(page);
  Selection selection(tree);
  EXPECT_THAT(selection.FindAll(*css::ParseSelector("i ~ i ~ i ~ b ~ i")), IsEmpty());
  EXPECT_TRUE(selection.IsExhausted());
}

}  // namespace
}  // namespace nightjar::match
