// SPDX-License-Identifier: Apache-2.0
#include "config/keys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace nightjar::config {
namespace {

TEST(Keys, AreNamedOnceAndLieInKnownSections) {
  std::set<std::string_view> names;
  for (const Key& key : Keys()) {
    EXPECT_TRUE(names.insert(key.name).second) << key.name;
    EXPECT_EQ(FindKey(key.name), &key);
    const std::size_t dot = key.name.rfind('.');
    if (dot == std::string_view::npos) continue;
    const auto section = key.name.substr(0, dot);
    EXPECT_TRUE(std::ranges::any_of(Sections(), [&](const Section& one) { return one.name == section; }))
        << key.name;
  }
}

TEST(Keys, OfASectionStandTogether) {
  std::set<std::string_view> left;
  std::string_view current;
  for (const Key& key : Keys()) {
    const std::string_view section = key.name.substr(0, std::min(key.name.rfind('.'), key.name.size()));
    if (section == current) continue;
    EXPECT_TRUE(left.insert(section).second) << key.name << " is away from the rest of its section";
    current = section;
  }
}

TEST(Keys, HaveDefaultsTheyAllow) {
  const Settings defaults;
  for (const Key& key : Keys()) {
    if (const auto* text = std::get_if<Text>(&key.value)) {
      EXPECT_TRUE(text->allowed(text->get(defaults))) << key.name;
    } else {
      const auto& number = std::get<Number>(key.value);
      EXPECT_GE(number.get(defaults), number.least) << key.name;
      EXPECT_LE(number.get(defaults), number.most) << key.name;
    }
  }
  for (const Rule& rule : Rules()) {
    EXPECT_TRUE(rule.holds(defaults)) << rule.key;
    EXPECT_NE(FindKey(rule.key), nullptr) << rule.key;
  }
}

// A range wider than the member's type would be cut silently.
TEST(Keys, HoldEveryNumberOfTheirRange) {
  for (const Key& key : Keys()) {
    const auto* number = std::get_if<Number>(&key.value);
    if (number == nullptr) continue;
    EXPECT_LT(number->least, number->most) << key.name;
    for (const std::uint64_t value : {number->least, number->most}) {
      Settings settings;
      number->set(settings, value);
      EXPECT_EQ(number->get(settings), value) << key.name;
    }
  }
}

TEST(NearestKey, IsTheFewestEditsAway) {
  for (const Key& key : Keys()) EXPECT_EQ(NearestKey(key.name), key.name);
  EXPECT_EQ(NearestKey("crawl.limits.body_byte"), "crawl.limits.body_bytes");
  EXPECT_EQ(NearestKey("serve.header_byte"), "serve.header_bytes");
  EXPECT_EQ(NearestKey("crawl.workers"), "index.workers");
  EXPECT_FALSE(NearestKey("").empty());
  EXPECT_FALSE(NearestKey(std::string(1 << 20, 'x')).empty());
}

}  // namespace
}  // namespace nightjar::config
