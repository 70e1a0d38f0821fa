// SPDX-License-Identifier: Apache-2.0
#include "sandbox/values/count.h"

#include <gtest/gtest.h>

#include "sandbox/values/flag.h"
#include "sandbox/values/rating.h"

namespace nightjar::values {
namespace {

TEST(Counts, StayExactWhateverStandsAroundThem) {
  EXPECT_EQ(FindCount("1,108"), "1108");
  EXPECT_EQ(FindCount("12.5k"), "12500");
  EXPECT_EQ(FindCount("3K+"), "3000");
  EXPECT_EQ(FindCount("1.2M views"), "1200000");
  EXPECT_EQ(FindCount("(74177)"), "74177");
  EXPECT_EQ(FindCount("100 Items Available"), "100");
  EXPECT_EQ(FindCount("0"), "0");
  EXPECT_EQ(FindCount("007"), "007");
  EXPECT_EQ(FindCount("none"), std::nullopt);
  EXPECT_EQ(FindCount(""), std::nullopt);
}

TEST(Counts, TakeFractionsOnlyWhenAskedTo) {
  EXPECT_EQ(FindCount("4.50"), std::nullopt);
  EXPECT_EQ(FindCount("4.50", Fractions::kTaken), "4.50");
  EXPECT_EQ(FindCount("1.2345k", Fractions::kTaken), "1234.5");
  EXPECT_EQ(FindCount("4.50 of 12"), "12");
}

TEST(Counts, PassNumbersInsideWords) {
  EXPECT_EQ(FindCount("x3d 5"), "5");
  EXPECT_EQ(FindCount("500mg 7"), "7");
}

std::string Rated(std::string_view text) {
  const auto rating = FindRating(text);
  return rating ? rating->value + " of " + rating->scale + " [" +
                      std::string(text.substr(rating->begin, rating->end - rating->begin)) + "]"
                : "nothing";
}

TEST(Ratings, KeepTheirScale) {
  EXPECT_EQ(Rated("4.97"), "4.97 of  [4.97]");
  EXPECT_EQ(Rated("4.88/5"), "4.88 of 5 [4.88/5]");
  EXPECT_EQ(Rated("97%"), "97 of 100 [97%]");
  EXPECT_EQ(Rated("100 %"), "100 of 100 [100 %]");
  EXPECT_EQ(Rated("4 of 5 stars"), "4 of 5 [4 of 5]");
  EXPECT_EQ(Rated("9 out of 10"), "9 of 10 [9 out of 10]");
  EXPECT_EQ(Rated("3000 sales, 4.825/5"), "4.825 of 5 [4.825/5]");
  EXPECT_EQ(Rated("Level 3, 98%"), "98 of 100 [98%]");
  EXPECT_EQ(Rated("good"), "nothing");
}

TEST(Ratings, CountStars) {
  EXPECT_EQ(Rated("★★★★☆"), "4 of 5 [★★★★☆]");
  EXPECT_EQ(Rated("★★★★★ (12)"), "5 of 5 [★★★★★]");
  EXPECT_EQ(Rated("★★★"), "3 of  [★★★]");
  EXPECT_EQ(Rated("★"), "nothing");
}

TEST(Flags, AreWholeWordsOnly) {
  for (const char* yes : {"yes", " Yes! ", "TRUE", "✓", "enabled", "Allowed", "да"})
    EXPECT_EQ(FlagOf(yes), true) << yes;
  for (const char* no : {"No", "✗", "not allowed", "Not  Allowed", "disabled", "нет"})
    EXPECT_EQ(FlagOf(no), false) << no;
  for (const char* neither : {"", "maybe", "yes and no", "nothing", "not"})
    EXPECT_EQ(FlagOf(neither), std::nullopt) << neither;
}

}  // namespace
}  // namespace nightjar::values
