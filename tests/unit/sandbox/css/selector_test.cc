// SPDX-License-Identifier: Apache-2.0
#include "sandbox/css/selector.h"

#include <gmock/gmock.h>

namespace nightjar::css {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Compound Only(const std::string& text) {
  const auto list = ParseSelector(text);
  EXPECT_TRUE(list) << text << ": " << (list ? "" : list.error().Format());
  return list && list->size() == 1 ? list->front().steps.back().compound : Compound{};
}

TEST(Selector, ReadsNamesClassesAndIds) {
  const Compound compound = Only("TD#price.big.red");
  EXPECT_EQ(compound.element, "td");
  EXPECT_THAT(compound.ids, ElementsAre("price"));
  EXPECT_THAT(compound.classes, ElementsAre("big", "red"));
}

TEST(Selector, ReadsEveryAttributeOperator) {
  using How = AttributeTest::How;
  const std::vector<std::pair<std::string, How>> cases = {
      {"[a]", How::kPresent},   {"[a=x]", How::kEquals},  {"[a~=x]", How::kWord}, {"[a|=x]", How::kDash},
      {"[a^=x]", How::kPrefix}, {"[a$=x]", How::kSuffix}, {"[a*=x]", How::kPart}};
  for (const auto& [text, how] : cases) EXPECT_EQ(Only(text).attributes.at(0).how, how) << text;
  const AttributeTest loose = Only("a[ HREF\t*=\n\"q'?x=1\" i ]").attributes.at(0);
  EXPECT_EQ(loose.name, "href");
  EXPECT_EQ(loose.value, "q'?x=1");
  EXPECT_TRUE(loose.any_case);
}

TEST(Selector, ReadsCombinatorsAndLists) {
  const auto list = ParseSelector("div > p + span ~ b i, > td");
  ASSERT_TRUE(list);
  ASSERT_EQ(list->size(), 2U);
  std::vector<Combinator> combinators;
  for (const Step& step : list->front().steps) combinators.push_back(step.combinator);
  EXPECT_THAT(combinators, ElementsAre(Combinator::kNone, Combinator::kChild, Combinator::kNext,
                                       Combinator::kLater, Combinator::kDescendant));
  EXPECT_EQ(list->back().steps.front().combinator, Combinator::kChild);
}

TEST(Selector, ReadsPseudoClasses) {
  EXPECT_THAT(Only("b:contains( 'Ships   from' )").contains, ElementsAre("Ships from"));
  EXPECT_TRUE(Only(":scope").scope);
  EXPECT_EQ(Only("a:not(.x, .y)").is_not.at(0).size(), 2U);
  EXPECT_EQ(Only("tr:has(> td.price)").has.at(0).at(0).steps.at(0).combinator, Combinator::kChild);
}

TEST(Selector, ReadsWhichChild) {
  const std::vector<std::tuple<std::string, int, int>> cases = {
      {"odd", 2, 1},   {"even", 2, 0}, {"3", 0, 3},      {"2n+1", 2, 1},
      {"-n+3", -1, 3}, {"n", 1, 0},    {"3n - 2", 3, -2}};
  for (const auto& [text, a, b] : cases) {
    const NthTest test = Only("li:nth-child(" + text + ")").nth.at(0);
    EXPECT_EQ(test.a, a) << text;
    EXPECT_EQ(test.b, b) << text;
  }
}

TEST(Selector, UndoesEscapes) {
  EXPECT_THAT(Only(".a\\:b\\3a c").classes, ElementsAre("a:b:c"));
  EXPECT_EQ(Only("[a=\"\\\"\\e9 \"]").attributes.at(0).value, "\"é");
}

TEST(Selector, SaysWhatIsWrongAndWhere) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "character 1: the end is no selector"},
      {"div >", "the end"},
      {"a[href=x", "']'"},
      {"a[href!=x]", "operator"},
      {"a:hover", ":hover, which is not known"},
      {"a:not(b", "')'"},
      {"a:contains(\"x)", "quote"},
      {"a,,b", "character 3"},
      {"a b)", "not expected"},
      {"li:nth-child(x)", "no number"},
      {":not(:not(:not(:not(:not(:not(a))))))", "too deeply"}};
  for (const auto& [text, words] : cases) {
    const auto list = ParseSelector(text);
    ASSERT_FALSE(list) << text;
    EXPECT_THAT(list.error().Format(), HasSubstr(words)) << text;
  }
  EXPECT_FALSE(ParseSelector(std::string(kMaxSelector + 1, 'a')));
}

TEST(Selector, SurvivesEveryBeginningOfASelector) {
  const std::string whole = "a.b#c[d~='e' i]:not(f > g):nth-child(2n+1):contains(\"\\e9\") + h, :scope ~ i";
  ASSERT_TRUE(ParseSelector(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) (void)ParseSelector(whole.substr(0, size));
}

std::uint32_t Weight(const char* text) {
  const auto selector = ParseSheetSelector(text);
  return selector ? selector->specificity : 0xFFFFFF;
}

TEST(SheetSelector, WeighAsTheStandardSays) {
  EXPECT_EQ(Weight("*"), 0U);
  EXPECT_EQ(Weight("li"), 1U);
  EXPECT_EQ(Weight("ul ol+li"), 3U);
  EXPECT_EQ(Weight("h1 + *[rel=up]"), 0x101U);
  EXPECT_EQ(Weight("ul ol li.red"), 0x103U);
  EXPECT_EQ(Weight("li.red.level"), 0x201U);
  EXPECT_EQ(Weight("#x34y"), 0x10000U);
  EXPECT_EQ(Weight("#s12:not(foo)"), 0x10001U);
  EXPECT_EQ(Weight("li:first-child"), 0x101U);
  EXPECT_EQ(Weight("li:only-child"), 0x101U);
  EXPECT_EQ(Weight("#a#a"), 0x20000U);
  EXPECT_EQ(Weight(":is(.a, #b) i"), 0x10001U);
  EXPECT_EQ(Weight("a:hover"), 0x101U);
}

TEST(SheetSelector, RefuseWhatIsNotUnderstood) {
  for (const char* text :
       {"",    ">",    "a >",  "a,b",    "a::before",    "a:before",       ".",     "#",      "[",
        "[]",  "[a=]", "[a=b", "[a!=b]", "a:foo(b)",     "a:nth-child(x)", ":not(", ":not()", ":not(:hover)",
        "> a", "a{",   "&",    ":scope", "a:contains(b)"})
    EXPECT_FALSE(ParseSheetSelector(text)) << text;
  EXPECT_FALSE(ParseSheetSelector(std::string(kMaxSelector + 1, 'a')));
  std::string parts = "a";
  for (std::size_t i = 0; i < kMaxSheetSteps; ++i) parts += ">a";
  EXPECT_FALSE(ParseSheetSelector(parts));
}

TEST(SheetSelector, NoteWhatHoldsOnlyWhileSomebodyActs) {
  EXPECT_TRUE(ParseSheetSelector("a:hover b")->on_action);
  EXPECT_FALSE(ParseSheetSelector("a:hover b")->on_own_action);
  EXPECT_TRUE(ParseSheetSelector("b a:hover")->on_own_action);
  EXPECT_FALSE(ParseSheetSelector("input:checked ~ p")->on_own_action);
}

}  // namespace
}  // namespace nightjar::css
