// SPDX-License-Identifier: Apache-2.0
// The URL parsing cases of web-platform-tests, which browsers are held to. What Nightjar does not fetch must
// be refused; the exceptions among the rest are named below.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/json.h"
#include "base/url.h"

namespace nightjar {
namespace {

constexpr auto kVectors = NIGHTJAR_SOURCE "/../shared/vectors/url/urltestdata.json";

// Hosts with symbols, which UTS 46 lets through and the IDNA 2008 rules inside libidn2 do not. They must be
// refused; should libidn2 change its mind, the test says so.
constexpr std::array<std::string_view, 1> kBeyondLibidn2 = {
    "https://%e2%98%83",  // U+2603 SNOWMAN
};

struct Case {
  std::string input;
  std::string base;  // empty: none
  bool fails = false;
  json::object expected;

  [[nodiscard]] bool IsWeb() const {
    return !fails && (expected.at("protocol") == "http:" || expected.at("protocol") == "https:");
  }
  [[nodiscard]] bool IsBeyondLibidn2() const {
    return std::ranges::find(kBeyondLibidn2, input) != kBeyondLibidn2.end();
  }
  [[nodiscard]] std::string Name() const { return json::serialize(json::value{input, base}); }
};

// Empty when the vectors are not at hand.
std::vector<Case> ReadCases() {
  std::vector<Case> cases;
  const auto text = ReadFile(kVectors);
  if (!text) return cases;
  const json::value document = json::parse(*text);
  for (const auto& entry : document.as_array()) {
    if (!entry.is_object()) continue;  // a section heading
    const auto& object = entry.as_object();
    Case one;
    one.input = object.at("input").as_string();
    if (object.at("base").is_string()) one.base = object.at("base").as_string();
    one.fails = object.contains("failure");
    one.expected = object;
    cases.push_back(one);
  }
  return cases;
}

Result<Url> ParseCase(const Case& one) {
  if (one.base.empty()) return Url::Parse(one.input);
  const auto base = Url::Parse(one.base);
  // A page that is not on the web cannot be a base here, so an absolute URL must do without.
  return base ? Url::Parse(one.input, &*base) : Url::Parse(one.input);
}

std::string Marked(std::string_view mark, const std::optional<std::string>& part) {
  return part && !part->empty() ? std::string(mark) + *part : "";
}

void ExpectParts(const Url& url, const Case& one) {
  const auto expected = [&](const char* part) { return std::string(one.expected.at(part).as_string()); };
  EXPECT_EQ(url.Href(), expected("href"));
  EXPECT_EQ(url.scheme() + ":", expected("protocol"));
  EXPECT_EQ(url.username(), expected("username"));
  EXPECT_EQ(url.password(), expected("password"));
  EXPECT_EQ(url.host(), expected("hostname"));
  EXPECT_EQ(url.port() ? std::to_string(*url.port()) : "", expected("port"));
  EXPECT_EQ(url.path(), expected("pathname"));
  EXPECT_EQ(Marked("?", url.query()), expected("search"));
  EXPECT_EQ(Marked("#", url.fragment()), expected("hash"));
  if (one.expected.contains("origin")) {
    EXPECT_EQ(url.Origin(), expected("origin"));
  }
}

class UrlVectors : public testing::Test {
 protected:
  void SetUp() override {
    cases_ = ReadCases();
    if (cases_.empty()) GTEST_SKIP() << "no URL vectors at " << kVectors;
  }
  std::vector<Case> cases_;
};

TEST_F(UrlVectors, AreAllRead) { EXPECT_EQ(cases_.size(), 891U); }

TEST_F(UrlVectors, OfTheWebGiveEveryPartABrowserGives) {
  std::size_t checked = 0;
  for (const auto& one : cases_) {
    if (!one.IsWeb() || one.IsBeyondLibidn2()) continue;
    SCOPED_TRACE(one.Name());
    const auto url = ParseCase(one);
    ASSERT_TRUE(url) << url.error().Format();
    ExpectParts(*url, one);
    ++checked;
  }
  EXPECT_EQ(checked + kBeyondLibidn2.size(), 247U);
}

TEST_F(UrlVectors, WithSymbolsInTheHostAreRefused) {
  std::size_t refused = 0;
  for (const auto& one : cases_) {
    if (!one.IsBeyondLibidn2()) continue;
    EXPECT_TRUE(one.IsWeb()) << one.Name();
    EXPECT_FALSE(ParseCase(one)) << one.Name() << " works now: take it off the list";
    ++refused;
  }
  EXPECT_EQ(refused, kBeyondLibidn2.size());
}

TEST_F(UrlVectors, ThatFailInABrowserFailHere) {
  for (const auto& one : cases_) {
    if (!one.fails) continue;
    const auto url = ParseCase(one);
    EXPECT_FALSE(url) << one.Name() << " gave " << url->Href();
  }
}

TEST_F(UrlVectors, OfOtherSchemesAreRefused) {
  for (const auto& one : cases_) {
    if (one.fails || one.IsWeb()) continue;
    const auto url = ParseCase(one);
    EXPECT_FALSE(url) << one.Name() << " gave " << url->Href();
  }
}

TEST_F(UrlVectors, OfTheWebAreFixedPoints) {
  for (const auto& one : cases_) {
    if (!one.IsWeb() || one.IsBeyondLibidn2()) continue;
    const auto url = ParseCase(one);
    ASSERT_TRUE(url) << one.Name();
    const auto again = Url::Parse(url->Href());
    ASSERT_TRUE(again) << url->Href();
    EXPECT_EQ(*again, *url);
    EXPECT_EQ(again->Href(), url->Href());
  }
}

}  // namespace
}  // namespace nightjar
