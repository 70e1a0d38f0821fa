// SPDX-License-Identifier: Apache-2.0
#include "crawler/sessions/set_cookie.h"

#include <gtest/gtest.h>

namespace nightjar::sessions {
namespace {

const UtcTime kNow = *ParseUtc("2026-01-01T00:00:00Z");

TEST(SetCookie, IsReadWithAllItsAttributes) {
  const auto cookie =
      ParseSetCookie(" sid = a=b ; Path=/shop; DOMAIN=.Market.Onion; Secure; HttpOnly; Max-Age=60", kNow);
  ASSERT_TRUE(cookie);
  EXPECT_EQ(cookie->name, "sid");
  EXPECT_EQ(cookie->value, "a=b");
  EXPECT_EQ(cookie->path, "/shop");
  EXPECT_EQ(cookie->domain, "market.onion");
  EXPECT_TRUE(cookie->secure);
  EXPECT_EQ(cookie->expires, kNow + std::chrono::seconds(60));
}

TEST(SetCookie, IsIgnoredWhereTheStandardSaysSo) {
  EXPECT_FALSE(ParseSetCookie("no equals sign", kNow));
  EXPECT_FALSE(ParseSetCookie("=nameless", kNow));
  EXPECT_FALSE(ParseSetCookie("", kNow));
  EXPECT_FALSE(ParseSetCookie("; a=b", kNow));
}

TEST(SetCookie, CannotForgeALineOfOurRequest) {
  EXPECT_FALSE(ParseSetCookie("a=b\r\nX-Evil: 1", kNow));
  EXPECT_FALSE(ParseSetCookie(std::string("a=b\0c", 5), kNow));
  EXPECT_FALSE(ParseSetCookie("a\x7f=b", kNow));
}

TEST(SetCookie, OverItsLimitIsLeftOutWhole) {
  EXPECT_TRUE(ParseSetCookie("a=" + std::string(kMaxSetCookie - 2, 'x'), kNow));
  EXPECT_FALSE(ParseSetCookie("a=" + std::string(kMaxSetCookie - 1, 'x'), kNow));
}

TEST(SetCookie, TakesTheLastOfAnAttributeAndMaxAgeBeforeExpires) {
  const auto cookie = ParseSetCookie(
      "a=b; Max-Age=10; Expires=Wed, 09 Jun 2027 10:18:14 GMT; Max-Age=20; path=/a; path=/b", kNow);
  EXPECT_EQ(cookie->expires, kNow + std::chrono::seconds(20));
  EXPECT_EQ(cookie->path, "/b");
}

TEST(SetCookie, HasAMaxAgeThatDeletesOrIsNone) {
  EXPECT_LT(*ParseSetCookie("a=b; Max-Age=0", kNow)->expires, kNow);
  EXPECT_LT(*ParseSetCookie("a=b; Max-Age=-5", kNow)->expires, kNow);
  EXPECT_FALSE(ParseSetCookie("a=b; Max-Age=soon", kNow)->expires);
  EXPECT_GT(*ParseSetCookie("a=b; Max-Age=99999999999999999999999999", kNow)->expires, kNow);
}

TEST(SetCookie, TakesADefaultPathForOneThatIsNone) {
  EXPECT_EQ(ParseSetCookie("a=b; Path=shop", kNow)->path, "");
  EXPECT_EQ(ParseSetCookie("a=b; Path=", kNow)->path, "");
}

TEST(CookieDate, IsReadInTheFormsOfTheWorld) {
  const UtcTime expected = *ParseUtc("2027-06-09T10:18:14Z");
  for (const char* text :
       {"Wed, 09 Jun 2027 10:18:14 GMT", "Wednesday, 09-Jun-27 10:18:14 GMT", "Wed Jun  9 10:18:14 2027",
        "9 june 2027 10:18:14", "10:18:14 2027 9 JUN", "Jun;9;2027;10:18:14x"})
    EXPECT_EQ(ParseCookieDate(text), expected) << text;
  EXPECT_EQ(ParseCookieDate("1 Jan 70 00:00:01"), UtcTime(std::chrono::seconds(1)));
}

TEST(CookieDate, IsRefusedWhenSomethingIsMissingOrImpossible) {
  for (const char* text : {"", "Wed, 09 Jun 2027", "10:18:14", "31 Feb 2027 10:18:14", "9 Jun 1600 10:18:14",
                           "9 Jun 2027 24:00:00", "9 Jun 2027 10:60:00", "99 Jun 2027 10:00:00",
                           "9 Jum 2027 10:00:00", "9 Jun 20271 10:00:00"})
    EXPECT_FALSE(ParseCookieDate(text)) << text;
}

TEST(SetCookiesOf, FindsTheFieldsInAnyCaseAndOrder) {
  const auto cookies = SetCookiesOf(
      "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nContent-Type: text/html\r\nset-cookie:b=2; Secure\r\n"
      "X-Set-Cookie: c=3\r\nSet-Cookie: broken\r\n\r\n",
      kNow);
  ASSERT_EQ(cookies.size(), 2U);
  EXPECT_EQ(cookies[0].name, "a");
  EXPECT_EQ(cookies[1].value, "2");
}

TEST(SetCookiesOf, ReadsNoMoreFieldsThanTheBound) {
  std::string head = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 500; ++i) head += "Set-Cookie: n" + std::to_string(i) + "=v\r\n";
  EXPECT_EQ(SetCookiesOf(head + "\r\n", kNow).size(), kMaxSetCookies);
}

}  // namespace
}  // namespace nightjar::sessions
