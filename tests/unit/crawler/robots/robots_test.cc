// SPDX-License-Identifier: Apache-2.0
// Cases of RFC 9309 and of the edge cases that Google publishes for its parser
// (github.com/google/robotstxt, developers.google.com "How Google interprets the robots.txt specification").
#include "crawler/robots/robots.h"

#include <gtest/gtest.h>

namespace nightjar::robots {
namespace {

Decision Ask(std::string_view text, std::string_view agent, const std::string& path) {
  const auto url = Url::Parse("http://host.example" + path);
  EXPECT_TRUE(url) << path;
  return Robots::Read(text, agent).Decide(*url);
}
bool Allowed(std::string_view text, std::string_view agent, const std::string& path) {
  return Ask(text, agent, path).allowed;
}

TEST(Robots, AreTheExampleOfTheRfc) {
  // RFC 9309, section 5.1.
  constexpr std::string_view kText =
      "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\n"
      "User-Agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\n"
      "User-Agent: barbot\nUser-Agent: bazbot\nDisallow: /example/page.html\n\nUser-Agent: quxbot\n";
  EXPECT_FALSE(Allowed(kText, "foobot", "/x"));
  EXPECT_TRUE(Allowed(kText, "foobot", "/example/page.html"));
  EXPECT_TRUE(Allowed(kText, "foobot", "/example/allowed.gif"));
  for (const char* agent : {"barbot", "bazbot"}) {
    EXPECT_FALSE(Allowed(kText, agent, "/example/page.html")) << agent;
    EXPECT_TRUE(Allowed(kText, agent, "/a.gif")) << agent << ": the rules for * are not for it";
  }
  EXPECT_TRUE(Allowed(kText, "quxbot", "/example/")) << "an empty group allows everything";
  EXPECT_FALSE(Allowed(kText, "other", "/pictures/a.gif"));
  EXPECT_TRUE(Allowed(kText, "other", "/pictures/a.gif?x"));
  EXPECT_FALSE(Allowed(kText, "other", "/example/x"));
  EXPECT_TRUE(Allowed(kText, "other", "/publications/x.html"));
}

TEST(Robots, LetTheLongestMatchDecide) {
  // RFC 9309, section 5.2.
  constexpr std::string_view kText =
      "User-Agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n";
  const Decision decision = Ask(kText, "foobot", "/example/page/disallowed.gif");
  EXPECT_FALSE(decision.allowed);
  EXPECT_EQ(decision.line, 3);
  EXPECT_EQ(decision.rule, "Disallow: /example/page/disallowed.gif");
}

struct Match {
  const char* pattern;
  const char* path;
  bool matches;
};
constexpr Match kMatches[] = {
    // The table of Google's documentation.
    {"/", "/anything", true},
    {"/fish", "/fish", true},
    {"/fish", "/fish.html", true},
    {"/fish", "/fish/salmon.html", true},
    {"/fish", "/fishheads/yummy.html", true},
    {"/fish", "/fish.html?id=anything", true},
    {"/fish", "/Fish.asp", false},
    {"/fish", "/catfish", false},
    {"/fish", "/?id=fish", false},
    {"/fish*", "/fish", true},
    {"/fish*", "/fishheads/yummy.html", true},
    {"/fish*", "/desert/fish", false},
    {"/fish/", "/fish/?salmon", true},
    {"/fish/", "/fish", false},
    {"/fish/", "/fish.html", false},
    {"/*.php", "/filename.php", true},
    {"/*.php", "/folder/any.php.file.html", true},
    {"/*.php", "/index?f=filename.php/", true},
    {"/*.php", "/php/", false},
    {"/*.php", "/windows.PHP", false},
    {"/*.php$", "/folder/filename.php", true},
    {"/*.php$", "/filename.php?parameters", false},
    {"/*.php$", "/filename.php5", false},
    {"/*.php$", "/aaaphpaaa", false},
    {"/fish*.php", "/fishheads/catfish.php?parameters", true},
    {"/fish*.php", "/Fish.PHP", false},
    // Special characters (RFC 9309, section 2.2.3).
    {"/$", "/", true},
    {"/$", "/page", false},
    {"/a$", "/a", true},
    {"/a$", "/a/", false},
    {"*", "/any", true},
    {"*$", "/any", true},
    {"/**", "/any", true},
    {"/a*a*a$", "/aaa", true},
    {"/a*a*a$", "/aa", false},
    {"/*b$", "/ab/b", true},
    {"/ab*b$", "/ab", false},
    {"/file-with-a-%2A.html", "/file-with-a-*.html", true},
    {"/file-with-a-%2A.html", "/file-with-a-x.html", false},
    {"/foo-%24", "/foo-$", true},
    {"/a$b", "/a$bc", true},
    // Percent-encoding (section 2.2.2).
    {"/foo/bar?baz=quz", "/foo/bar?baz=quz", true},
    {"/foo/bar/\xE3\x83\x84", "/foo/bar/%E3%83%84", true},
    {"/foo/bar/%E3%83%84", "/foo/bar/%e3%83%84", true},
    {"/foo/bar/%62%61%7A", "/foo/bar/baz", true},
    {"/a/%2Fb", "/a//b", false},
    {"/a%", "/a%", true},
    // A pattern that cannot match a path.
    {"fish", "/fish", false},
};

TEST(Robots, MatchPatternsAsPublished) {
  for (const Match& match : kMatches) {
    const std::string text = std::string("user-agent: *\ndisallow: ") + match.pattern;
    EXPECT_EQ(!Allowed(text, "foobot", match.path), match.matches) << match.pattern << " and " << match.path;
  }
}

TEST(Robots, PreferTheMoreSpecificRuleAndAllowAmongEquals) {
  const auto allowed = [](std::string_view rules, const char* path) {
    return Allowed("user-agent: x\n" + std::string(rules), "x", path);
  };
  EXPECT_TRUE(allowed("allow: /p\ndisallow: /", "/page"));
  EXPECT_TRUE(allowed("disallow: /folder\nallow: /folder", "/folder/page"));
  EXPECT_FALSE(allowed("allow: /page\ndisallow: /*.htm", "/page.htm"));
  EXPECT_TRUE(allowed("allow: /$\ndisallow: /", "/"));
  EXPECT_FALSE(allowed("allow: /$\ndisallow: /", "/page.htm"));
  EXPECT_FALSE(allowed("disallow: /x/page.html\nallow: /x/", "/x/page.html"));
  EXPECT_TRUE(allowed("disallow: \nallow: ", "/page")) << "an empty rule is none";
}

TEST(Robots, MergeTheGroupsOfAnAgent) {
  constexpr std::string_view kText =
      "user-agent: foobot\ndisallow: /a\n\nuser-agent: barbot\ndisallow: /b\n\nUSER-AGENT: FooBot/2.1\n"
      "DISALLOW: /c\n";
  EXPECT_FALSE(Allowed(kText, "FOOBOT", "/a"));
  EXPECT_TRUE(Allowed(kText, "foobot", "/b"));
  EXPECT_FALSE(Allowed(kText, "foobot", "/c"));
}

TEST(Robots, KeepAgentLinesTogetherOverForeignLinesAndBlankOnes) {
  constexpr std::string_view kText =
      "user-agent: foobot\nsitemap: http://x/\n\ncrawl-delay: 1\nuser-agent: barbot\ndisallow: /\n";
  EXPECT_FALSE(Allowed(kText, "foobot", "/x"));
  EXPECT_FALSE(Allowed(kText, "barbot", "/x"));
  EXPECT_TRUE(Allowed(kText, "other", "/x"));
}

TEST(Robots, TakeTheGeneralGroupOnlyWhereNoneNamesTheAgent) {
  constexpr std::string_view kText = "user-agent: *\ndisallow: /\nuser-agent: foobot\nallow: /\n";
  EXPECT_TRUE(Allowed(kText, "foobot", "/x"));
  EXPECT_FALSE(Allowed(kText, "foobo", "/x"));
  EXPECT_FALSE(Allowed("user-agent: * baz\ndisallow: /", "foobot", "/x"));
  EXPECT_TRUE(Allowed("disallow: /\n", "foobot", "/x")) << "a rule before any agent belongs to nobody";
}

TEST(Robots, UnderstandWhatIsMisspelt) {
  EXPECT_FALSE(Allowed("user-agent foobot\ndisallow /\n", "foobot", "/x"));
  EXPECT_TRUE(Allowed("foo: foobot\nbar: /\n", "foobot", "/x"));
  EXPECT_TRUE(Allowed("user-agent foobot x\ndisallow /\n", "foobot", "/x"));
  EXPECT_FALSE(Allowed("useragent: foobot\ndissallow: /\n", "foobot", "/x"));
}

TEST(Robots, CountLinesWhateverEndsThem) {
  for (const char* end : {"\n", "\r\n", "\r"}) {
    const std::string e(end);
    const std::string text = "user-agent: foo" + e + "allow: /some" + e + e + "disallow: / # all" + e;
    const Decision decision = Ask(text, "foo", "/x");
    EXPECT_EQ(decision.line, 4);
    EXPECT_EQ(decision.rule, "disallow: /");
  }
}

TEST(Robots, PassOverAByteOrderMark) {
  EXPECT_FALSE(Allowed("\xEF\xBB\xBFuser-agent: foo\ndisallow: /\n", "foo", "/x"));
  EXPECT_TRUE(Allowed("\xEF\xBBuser-agent: foo\ndisallow: /\n", "foo", "/x")) << "half a mark is none";
}

TEST(Robots, AllowTheirOwnFile) {
  EXPECT_TRUE(Allowed("user-agent: *\ndisallow: /\n", "x", "/robots.txt"));
  EXPECT_FALSE(Allowed("user-agent: *\ndisallow: /\n", "x", "/robots.txt.old"));
}

TEST(Robots, AreReadUpToTheLimitAndNeverInTheMiddleOfALine) {
  std::string text = "user-agent: *\ndisallow: /early\n";
  text.append(kMostBytes - text.size() - 12, '#');
  text += "\ndisallow: /late";  // its "/" is the last byte within the limit: cut, it would forbid everything
  EXPECT_FALSE(Allowed(text, "x", "/early"));
  EXPECT_TRUE(Allowed(text, "x", "/other"));
}

TEST(Robots, ForbidRatherTooMuchBeyondTheMostWildcards) {
  std::string text = "user-agent: *\n";
  for (std::size_t i = 0; i < kMostWildcards; ++i) text += "disallow: /x*y\n";
  text += "disallow: /a*b\nallow: /a*c*d\n";
  EXPECT_FALSE(Allowed(text, "x", "/a")) << "cut to \"disallow: /a\"";
  EXPECT_FALSE(Allowed(text, "x", "/acd")) << "the allowing rule is dropped";
  EXPECT_TRUE(Allowed(text, "x", "/b"));
}

}  // namespace
}  // namespace nightjar::robots
