// SPDX-License-Identifier: Apache-2.0
#include "crawler/scope/url_rules.h"

#include <gtest/gtest.h>

namespace nightjar::scope {
namespace {

std::string NameOf(const std::string& path, const UrlRules& rules = {}) {
  const auto matcher = UrlMatcher::Compile(rules);
  EXPECT_TRUE(matcher) << matcher.error().Format();
  const auto url = Url::Parse("http://a.onion" + path);
  EXPECT_TRUE(url) << path;
  const std::string name = matcher->NameOf(*url);
  const auto again = Url::Parse(name);
  EXPECT_TRUE(again) << name;
  EXPECT_EQ(matcher->NameOf(*again), name) << "a name is its own name";
  return name.substr(std::string("http://a.onion").size());
}

TEST(NameOf, LeavesOutTheFragmentAndWellKnownSessionIds) {
  const std::pair<std::string, std::string> kTable[] = {
      {"/a#part", "/a"},
      {"/a?PHPSESSID=1", "/a"},
      {"/a?x=1&phpsessid=2&y=3", "/a?x=1&y=3"},
      {"/a?sid=0123456789abcdef0123456789abcdef&t=5", "/a?t=5"},
      {"/a?side=left", "/a?side=left"},
      {"/a?jsessionid", "/a"},
      {"/shop;jsessionid=1F2E/list;v=2", "/shop/list;v=2"},
      {"/a?", "/a?"},
      {"/a?&&x=1", "/a?&&x=1"},
      {"/..;sid=1/b", "/b"},
      {"/x/..;sid=1/b", "/b"},
  };
  for (const auto& [given, name] : kTable) EXPECT_EQ(NameOf(given), name) << given;
}

TEST(NameOf, StripsWhatTheJobNamesInAnyLetterCase) {
  const UrlRules rules{.strip_params = {"Token", "utm_source"}};
  EXPECT_EQ(NameOf("/a?TOKEN=1&b=2&utm_source=x", rules), "/a?b=2");
}

TEST(NameOf, KeepsSessionIdsWhereTheJobSaysSo) {
  EXPECT_EQ(NameOf("/a?sid=17", {.keep_session_params = true}), "/a?sid=17");
}

TEST(NameOf, SortsTheQueryWhereAskedAndKeepsEqualNamesInTheirOrder) {
  const UrlRules rules{.sort_query = true};
  EXPECT_EQ(NameOf("/a?c=1&a=2&b=3&a=1", rules), "/a?a=2&a=1&b=3&c=1");
  EXPECT_EQ(NameOf("/a?c=1&a=2"), "/a?c=1&a=2");
}

TEST(Admits, EverythingWithoutPatterns) { EXPECT_TRUE(UrlMatcher().Admits("/any?thing")); }

TEST(Admits, WhatIsIncludedAndNotExcluded) {
  const auto matcher =
      UrlMatcher::Compile({.include = {"^/market/", "[?&]page="}, .exclude = {"logout", "\\.exe$"}});
  ASSERT_TRUE(matcher);
  EXPECT_TRUE(matcher->Admits("/market/1"));
  EXPECT_TRUE(matcher->Admits("/forum?page=2"));
  EXPECT_FALSE(matcher->Admits("/forum"));
  EXPECT_FALSE(matcher->Admits("/x/market/1"));
  EXPECT_FALSE(matcher->Admits("/market/logout?x"));
  EXPECT_FALSE(matcher->Admits("/market/tool.exe"));
}

TEST(Compile, NamesThePatternThatCannotBe) {
  const auto broken = UrlMatcher::Compile({.exclude = {"fine", "(broken"}});
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, Code::kInvalidInput);
  EXPECT_NE(broken.error().Format().find("(broken"), std::string::npos) << broken.error().Format();
  EXPECT_FALSE(UrlMatcher::Compile({.include = {""}}));
  EXPECT_FALSE(UrlMatcher::Compile({.include = {std::string(1001, 'a')}}));
  EXPECT_FALSE(UrlMatcher::Compile({.include = std::vector<std::string>(101, "a")}));
  EXPECT_FALSE(UrlMatcher::Compile({.include = {"(a{1000}){1000}"}})) << "too large to compile";
}

}  // namespace
}  // namespace nightjar::scope
