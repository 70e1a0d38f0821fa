// SPDX-License-Identifier: Apache-2.0
#include "crawler/refusal.h"

#include <gtest/gtest.h>

namespace nightjar::crawler {
namespace {

using captures::Outcome;
using scope::Exclusion;

std::string RefusalBy(const std::string& rule) {
  return RobotsRefusal({.allowed = false, .line = 2, .rule = rule});
}

Exclusion For(Outcome outcome, const std::string& detail) {
  captures::Record record;
  record.outcome = outcome;
  record.detail = detail;
  return RefusedFor(record);
}

TEST(Refusal, NamesTheRuleThatDecided) {
  EXPECT_EQ(RefusalBy("Disallow: /private"), "robots.txt forbids it: Disallow: /private");
}

// A record's value is never changed on its way into the text, or it would not be the one that was asked for.
TEST(Refusal, ShowsHostileRulesAsPlainTextOfBoundedLength) {
  const std::string refusal = RefusalBy("Disallow: /\x01\xFF\n\xE2\x80\xAE" + std::string(5000, 'x'));
  EXPECT_TRUE(refusal.starts_with("robots.txt forbids it: Disallow: /%01%FF%0A%E2%80%AEx"));
  EXPECT_LE(refusal.size(), kRobotsRefusal.size() + 3 * kMostRuleText + 10);
  for (const char c : refusal) EXPECT_TRUE(c >= 0x20 && c < 0x7F);
}

TEST(Refusal, IsFoundAgainInTheRecord) {
  EXPECT_EQ(For(Outcome::kNotAttempted, RefusalBy("Disallow: /")), Exclusion::kRobots);
  EXPECT_EQ(For(Outcome::kNotAttempted, std::string(kBlockedRefusal)), Exclusion::kBlocked);
  EXPECT_EQ(For(Outcome::kNotAttempted, "the URL is not normalised"), Exclusion::kNone)
      << "the fetcher's own";
  EXPECT_EQ(For(Outcome::kOk, RefusalBy("Disallow: /")), Exclusion::kNone);
}

}  // namespace
}  // namespace nightjar::crawler
