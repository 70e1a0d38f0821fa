// SPDX-License-Identifier: Apache-2.0
#include "crawler/robots/pattern.h"

#include <gtest/gtest.h>

namespace nightjar::robots {
namespace {

TEST(Pattern, HasOneSpelling) {
  EXPECT_EQ(NormalisePattern("/%7eowl/%c3%bc/\xC3\xBC/%41%2a"), "/~owl/%C3%BC/%C3%BC/A%2A");
  EXPECT_EQ(NormalisePattern("/100%/%zz/%4"), "/100%/%zz/%4");
  EXPECT_EQ(NormalisePattern("/a*$"), "/a*$");
  EXPECT_EQ(NormalisePattern("/$a$"), "/%24a$");
  EXPECT_EQ(NormaliseTarget("/a*b$"), "/a%2Ab%24");
}

// The definition itself, by trying everything: '*' takes any number of bytes.
bool MatchesByTrying(std::string_view pattern, std::string_view target) {
  if (pattern.empty()) return true;
  if (pattern == "$") return target.empty();
  if (pattern.front() == '*') {
    return MatchesByTrying(pattern.substr(1), target) ||
           (!target.empty() && MatchesByTrying(pattern, target.substr(1)));
  }
  return !target.empty() && pattern.front() == target.front() &&
         MatchesByTrying(pattern.substr(1), target.substr(1));
}

std::string Spell(std::size_t number, std::string_view alphabet, std::size_t length) {
  std::string text;
  for (std::size_t i = 0; i < length; ++i, number /= alphabet.size())
    text += alphabet[number % alphabet.size()];
  return text;
}

TEST(Pattern, MatchesAsItsDefinitionForEveryShortPatternAndTarget) {
  std::size_t matched = 0;
  for (std::size_t p = 0; p < 243; ++p) {
    for (const bool anchored : {false, true}) {
      const std::string pattern = "/" + Spell(p, "ab*", 5) + (anchored ? "$" : "");
      for (std::size_t t = 0; t < 128; ++t) {
        const std::string target = "/" + Spell(t, "ab", 7).substr(0, t % 8);
        EXPECT_EQ(Matches(pattern, target), MatchesByTrying(pattern, target)) << pattern << " " << target;
        matched += Matches(pattern, target) ? 1 : 0;
      }
    }
  }
  EXPECT_GT(matched, 1000U);
}

}  // namespace
}  // namespace nightjar::robots
