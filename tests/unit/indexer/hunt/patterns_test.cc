// SPDX-License-Identifier: Apache-2.0
#include "indexer/hunt/patterns.h"

#include <gtest/gtest.h>

namespace nightjar::hunt {
namespace {

TEST(Patterns, FindEveryPlaceOfEveryPattern) {
  const auto patterns = Patterns::Compile({"bc1q[a-z0-9]{4}", "(?i)OWL"}).value();
  const std::string text = "pay bc1qabcd or bc1qwxyz to the owl";
  const auto found = patterns.Find(Part::kText, text);
  ASSERT_EQ(found.size(), 3U);
  for (const Match& match : found) {
    const std::string place = text.substr(match.begin, match.end - match.begin);
    EXPECT_TRUE(match.pattern == 0 ? place.starts_with("bc1q") : place == "owl") << place;
    EXPECT_NE(match.snippet.find(place), std::string::npos);
  }
}

TEST(Patterns, AreRefusedWithTheReasonWhereTheyCannotBeUsed) {
  for (const std::vector<std::string>& bad : {std::vector<std::string>{},
                                              {"("},
                                              {"a*"},
                                              {std::string(1001, 'a')},
                                              {"(a)\\1"},
                                              std::vector<std::string>(65, "a")}) {
    const auto compiled = Patterns::Compile(bad);
    ASSERT_FALSE(compiled);
    EXPECT_EQ(compiled.error().code, Code::kInvalidInput) << compiled.error().Format();
  }
}

TEST(Patterns, HoldTheirBoundsOnHostileText) {
  const auto patterns = Patterns::Compile({"(a+)+b", "a"}).value();
  const auto found = patterns.Find(Part::kBody, std::string(1 << 20, 'a'));
  EXPECT_EQ(found.size(), kMostInOnePart);
  for (const Match& match : found) EXPECT_LE(match.snippet.size(), 300U);
}

TEST(Patterns, CutSnippetsIntoValidTextOfOneLine) {
  const auto patterns = Patterns::Compile({"owl"}).value();
  std::string text;
  for (int i = 0; i < 40; ++i) text += "\xF0\x9F\xA6\x89\n\x01";
  const auto around = patterns.Find(Part::kText, text + "owl" + text);
  ASSERT_EQ(around.size(), 1U);
  EXPECT_TRUE(IsValidUtf8(around[0].snippet));
  EXPECT_EQ(around[0].snippet.find_first_of("\n\x01"), std::string::npos);
  const auto raw = patterns.Find(Part::kBody, "\xFF\xFE owl \xC3");
  ASSERT_EQ(raw.size(), 1U);
  EXPECT_TRUE(IsValidUtf8(raw[0].snippet));
  EXPECT_EQ(raw[0].begin, 3U);
}

TEST(Patterns, StepOverPlacesWithoutWidth) {
  const auto patterns = Patterns::Compile({"\\bx*\\b(owl)?"});
  if (!patterns) GTEST_SKIP() << "refused as matching the empty text";
  EXPECT_LE(patterns->Find(Part::kText, "an owl, xx").size(), 5U);
}

}  // namespace
}  // namespace nightjar::hunt
