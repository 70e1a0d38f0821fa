// SPDX-License-Identifier: Apache-2.0
// The parts of sandbox/style on their own; what they add up to is tested with visibility.
#include <gtest/gtest.h>

#include "sandbox/style/cascade.h"
#include "sandbox/style/scan.h"
#include "sandbox/style/shapes.h"

namespace nightjar::style {
namespace {

TEST(Scan, LeavesCommentsOutButNotInStrings) {
  EXPECT_EQ(WithoutComments("a/* {} */b \"/*\" c /* open"), "a b \"/*\" c  ");
  EXPECT_EQ(WithoutComments("<!-- a -->"), "  a  ");
}

TEST(Scan, FindsMarksOutsideStringsAndBrackets) {
  EXPECT_EQ(FindOutside("a[b=','],c", ","), 8U);
  EXPECT_EQ(FindOutside("a\\,b,c", ","), 4U);
  EXPECT_EQ(FindOutside("'bad\n,", ","), 5U);  // a line break ends a string
  EXPECT_EQ(FindOutside("(,", ","), std::string_view::npos);
  EXPECT_EQ(FindOutside("\\", "\\x"), 0U);
}

TEST(Scan, UndoesEscapes) {
  EXPECT_EQ(Unescaped("d\\69 splay"), "display");
  EXPECT_EQ(Unescaped("\\000069n\\:e\\"), "in:e");
  EXPECT_EQ(Unescaped("\\1F989"), "\U0001F989");
  EXPECT_EQ(Unescaped("\\0\\D800\\110000 "), "\uFFFD\uFFFD\uFFFD");
}

TEST(Values, ReadLengthsInEveryUnit) {
  EXPECT_EQ(ParseLength("-100em"), (Value{-100, Unit::kEm}));
  EXPECT_EQ(ParseLength("1.5rem"), (Value{24, Unit::kPixels}));
  EXPECT_EQ(ParseLength("+.5px"), (Value{.5, Unit::kPixels}));
  EXPECT_EQ(ParseLength("72pt"), (Value{96, Unit::kPixels}));
  EXPECT_EQ(ParseLength("-100vw"), (Value{-kViewWidth, Unit::kPixels}));
  EXPECT_EQ(ParseLength("0"), (Value{0, Unit::kPixels}));
  EXPECT_EQ(ParseLength("50%"), (Value{50, Unit::kPercent}));
  for (const char* nonsense : {"", "px", "1qq", "calc(1px)", "1 px", "nan", "inf", "1e999px"})
    EXPECT_EQ(ParseLength(nonsense).unit, Unit::kUnknown) << nonsense;
}

TEST(Values, ReadColoursInEverySpelling) {
  const Value red{0xFF0000FF, Unit::kColour};
  for (const char* text : {"#f00", "#ff0000", "#f00f", "#ff0000ff", "red", "rgb(255,0,0)", "rgb(100% 0% 0%)",
                           "rgba( 300 , 0 , 0 , 1 )", "rgb(255 0 0 / 100%)"})
    EXPECT_EQ(ParseColour(text), red) << text;
  EXPECT_EQ(ParseColour("transparent"), (Value{0, Unit::kColour}));
  EXPECT_EQ(ParseColour("rgba(0,0,0,.5)"), (Value{0x80, Unit::kColour}));
  for (const char* text : {"", "#", "#ff", "#gggggg", "hsl(0,0%,0%)", "rgb(1,2)", "rgb(1,2,3,4,5)", "redd"})
    EXPECT_EQ(ParseColour(text).unit, Unit::kUnknown) << text;
}

TEST(Shapes, KnowWhatLeavesNothing) {
  EXPECT_TRUE(ClipsAll("rect(0,0,0,0)"));
  EXPECT_TRUE(ClipsAll("rect(1px 1px 1px 1px)"));
  EXPECT_TRUE(ClipsAll("rect(auto, 5px, auto, 5px)"));
  EXPECT_FALSE(ClipsAll("rect(0, 100px, 50px, 0)"));
  EXPECT_FALSE(ClipsAll("auto"));
  EXPECT_TRUE(ClipPathLeavesNothing("inset(100%)"));
  EXPECT_TRUE(ClipPathLeavesNothing("inset(0 60% 0 40%)"));
  EXPECT_TRUE(ClipPathLeavesNothing("circle(0)"));
  EXPECT_TRUE(ClipPathLeavesNothing("polygon(0 0, 0 0, 0 0)"));
  EXPECT_FALSE(ClipPathLeavesNothing("inset(10% 20%)"));
  EXPECT_FALSE(ClipPathLeavesNothing("polygon(0 0, 100% 0, 0 100%)"));
  EXPECT_TRUE(TransformsAway("scale(0, 1)"));
  EXPECT_TRUE(TransformsAway("rotate(1deg) translate3d(0, -9999px, 0)"));
  EXPECT_TRUE(TransformsAway("matrix(0,0,0,0,5,5)"));
  EXPECT_FALSE(TransformsAway("translate(-50%, -50%) scale(1)"));
  EXPECT_FALSE(TransformsAway("translatez(0)"));
  EXPECT_FALSE(TransformsAway("scale"));
}

TEST(Media, HoldsForTheScreenOfTheHeader) {
  for (const char* query : {"", "all", "screen", "ONLY screen and (min-width: 600px)", "print, screen",
                            "(max-width: 1400px) and (min-height:10em)"})
    EXPECT_TRUE(MediaHolds(query)) << query;
  for (const char* query : {"print", "not screen", "screen and (max-width: 600px)",
                            "(prefers-color-scheme: dark)", "screen and", "(min-width)", "speech, print"})
    EXPECT_FALSE(MediaHolds(query)) << query;
}

TEST(Sheets, KeepTheLastSensibleDeclarationOfEachProperty) {
  std::vector<Declaration> found;
  ParseDeclarations("display:none;color:red;display:block;display:rubbish;left:-1px!important;left:2px;;:;x",
                    found);
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0].value, (Value{1, Unit::kCode}));
  EXPECT_TRUE(found[2].important);
  EXPECT_EQ(found[3].value, (Value{2, Unit::kPixels}));
}

TEST(Sheets, AreReadWhateverTheyAre) {
  std::uint64_t state = 7;
  constexpr std::string_view kPieces[] = {"{",
                                          "}",
                                          "(",
                                          ")",
                                          "[",
                                          "]",
                                          "\"",
                                          "'",
                                          "\\",
                                          "/*",
                                          "*/",
                                          "@media screen",
                                          ".a",
                                          "#b",
                                          ":not(",
                                          ":hover",
                                          ",",
                                          ";",
                                          ":",
                                          "display:none",
                                          "left:-9999px",
                                          " ",
                                          "\n",
                                          ">",
                                          "~",
                                          "!important",
                                          "<!--",
                                          "\xD0\x96",
                                          "*",
                                          "=",
                                          "a"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 60; ++i) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      text.append(kPieces[(state >> 33) % std::size(kPieces)]);
    }
    const std::string page = "<style>" + text + "</style><p class=a style='" + text + "'><b id=b>x</b>";
    const parse::Tree tree(page);
    Cascade cascade(tree);
    Styles styles;
    for (parse::NodeIndex i = 0; i < tree.nodes().size(); ++i) {
      if (tree[i].tag != parse::Tag::kText) cascade.Find(i, styles);
    }
    EXPECT_FALSE(cascade.Exhausted());
  }
}

}  // namespace
}  // namespace nightjar::style
