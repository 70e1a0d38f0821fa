// SPDX-License-Identifier: Apache-2.0
#include "crawler/sessions/jar.h"

#include <gtest/gtest.h>

#include "crawler/sessions/cookie_file.h"

namespace nightjar::sessions {
namespace {

const UtcTime kNow = *ParseUtc("2026-01-01T00:00:00Z");
const std::string kHost = "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion";

Url At(const std::string& path, const std::string& sub = "") {
  return *Url::Parse("http://" + sub + kHost + path);
}
std::string Head(const std::string& set_cookie) {
  return "HTTP/1.1 200 OK\r\nSet-Cookie: " + set_cookie + "\r\n\r\n";
}
// A jar after one response to `from`.
Jar After(const std::string& set_cookie, const Url& from = At("/")) {
  Jar jar(kHost);
  jar.Take(from, Head(set_cookie), kNow);
  return jar;
}

TEST(Jar, GivesBackWhatItWasGiven) {
  Jar jar = After("sid=abc");
  EXPECT_EQ(jar.LineFor(At("/any/page?x=1"), kNow), "sid=abc");
}

TEST(Jar, KeepsACookieWithoutDomainToItsVeryHost) {
  Jar jar = After("sid=abc", At("/", "www."));
  EXPECT_EQ(jar.LineFor(At("/", "www."), kNow), "sid=abc");
  EXPECT_EQ(jar.LineFor(At("/"), kNow), "");
}

TEST(Jar, SharesACookieWithDomainWithTheSubDomains) {
  Jar jar = After("sid=abc; Domain=" + kHost, At("/", "www."));
  EXPECT_EQ(jar.LineFor(At("/"), kNow), "sid=abc");
  EXPECT_EQ(jar.LineFor(At("/", "img."), kNow), "sid=abc");
}

TEST(Jar, RefusesDomainsThatAreNotTheServices) {
  for (const std::string& domain :
       std::vector<std::string>{"onion", "other.onion", "www." + kHost, "x" + kHost})
    EXPECT_TRUE(After("sid=abc; Domain=" + domain).cookies().empty()) << domain;
}

TEST(Jar, TakesNothingFromAnotherService) {
  Jar jar(kHost);
  const auto other = Url::Parse("http://example.com/");
  EXPECT_FALSE(jar.Take(*other, Head("sid=abc"), kNow));
  jar.Take(At("/"), Head("sid=abc"), kNow);
  EXPECT_EQ(jar.LineFor(*other, kNow), "");
}

TEST(Jar, HoldsToPaths) {
  Jar jar = After("a=1; Path=/shop");
  EXPECT_EQ(jar.LineFor(At("/shop"), kNow), "a=1");
  EXPECT_EQ(jar.LineFor(At("/shop/item"), kNow), "a=1");
  EXPECT_EQ(jar.LineFor(At("/shopping"), kNow), "");
  EXPECT_EQ(jar.LineFor(At("/"), kNow), "");
  Jar by_default = After("b=2", At("/user/login"));
  EXPECT_EQ(by_default.LineFor(At("/user/orders"), kNow), "b=2");
  EXPECT_EQ(by_default.LineFor(At("/"), kNow), "");
}

TEST(Jar, PutsLongerPathsFirstAndThenOlderCookies) {
  Jar jar(kHost);
  jar.Take(At("/"), Head("old=1; Path=/"), kNow);
  jar.Take(At("/"), Head("young=2; Path=/"), kNow + std::chrono::seconds(1));
  jar.Take(At("/"), Head("deep=3; Path=/a"), kNow + std::chrono::seconds(2));
  EXPECT_EQ(jar.LineFor(At("/a/b"), kNow), "deep=3; old=1; young=2");
}

TEST(Jar, ReplacesAndDeletesByNameDomainAndPath) {
  Jar jar = After("sid=old");
  jar.Take(At("/"), Head("sid=new"), kNow);
  EXPECT_EQ(jar.LineFor(At("/"), kNow), "sid=new");
  jar.Take(At("/"), Head("sid=; Max-Age=0"), kNow);
  EXPECT_TRUE(jar.cookies().empty());
}

TEST(Jar, ForgetsACookieWhenItsTimeHasPassed) {
  Jar jar = After("sid=abc; Max-Age=60");
  EXPECT_EQ(jar.LineFor(At("/"), kNow + std::chrono::seconds(59)), "sid=abc");
  EXPECT_EQ(jar.LineFor(At("/"), kNow + std::chrono::seconds(60)), "");
}

TEST(Jar, SendsSecureCookiesOverTorWhateverTheScheme) {
  Jar jar = After("sid=abc; Secure");
  EXPECT_EQ(jar.LineFor(At("/"), kNow), "sid=abc");
}

TEST(Jar, HoldsItsBoundsAgainstACookieBomb) {
  Jar jar(kHost);
  for (int i = 0; i < 200; ++i)
    jar.Take(At("/"), Head("n" + std::to_string(i) + "=v"), kNow + std::chrono::seconds(i));
  EXPECT_EQ(jar.cookies().size(), kMaxCookies);
  EXPECT_EQ(jar.cookies().back().name, "n199");
  for (int i = 0; i < 20; ++i)
    jar.Take(At("/"), Head("big" + std::to_string(i) + "=" + std::string(4000, 'x')),
             kNow + std::chrono::seconds(300 + i));
  std::size_t bytes = 0;
  for (const Cookie& cookie : jar.cookies()) bytes += cookie.name.size() + cookie.value.size();
  EXPECT_LE(bytes, kMaxBytes);
  EXPECT_EQ(jar.cookies().back().name, "big19");
}

TEST(Jar, IsReadBackAsWritten) {
  Jar jar = After("sid=abc; Path=/x; Secure; Max-Age=60");
  jar.Take(At("/"), Head("other=1; Domain=" + kHost), kNow);
  const Bytes row = jar.Encode();
  EXPECT_EQ(Jar::Decode(row).value(), jar);
  for (std::size_t size = 0; size < row.size(); ++size)
    EXPECT_FALSE(Jar::Decode(ByteView(row).substr(0, size))) << size;
}

TEST(CookieFile, IsReadInNetscapesForm) {
  const auto cookies = ReadCookieFile("# Netscape HTTP Cookie File\n\n." + kHost +
                                          "\tTRUE\t/\tFALSE\t1800000000\tsid\tabc\r\n#HttpOnly_" + kHost +
                                          "\tFALSE\t/x\tTRUE\t0\ttoken\t\n",
                                      "cookies.txt", kNow);
  ASSERT_TRUE(cookies) << cookies.error().Format();
  ASSERT_EQ(cookies->size(), 2U);
  EXPECT_FALSE((*cookies)[0].host_only);
  EXPECT_EQ((*cookies)[0].domain, kHost);
  EXPECT_EQ((*cookies)[0].expires, UtcTime(std::chrono::seconds(1800000000)));
  EXPECT_TRUE((*cookies)[1].host_only);
  EXPECT_TRUE((*cookies)[1].secure);
  EXPECT_FALSE((*cookies)[1].expires);
}

TEST(CookieFile, IsReadInTheJsonOfBrowserExtensions) {
  const auto cookies = ReadCookieFile(R"([{"domain":".)" + kHost +
                                          R"(","name":"sid","value":"abc","path":"/","secure":false,)"
                                          R"("hostOnly":false,"expirationDate":1800000000.5}])",
                                      "cookies.json", kNow);
  ASSERT_TRUE(cookies) << cookies.error().Format();
  EXPECT_EQ(cookies->at(0).value, "abc");
  EXPECT_FALSE(cookies->at(0).host_only);
}

TEST(CookieFile, SaysWhereItIsWrongAndNeverWhatItHolds) {
  const auto refused =
      ReadCookieFile("# x\n" + kHost + "\tTRUE\t/\tFALSE\tsoon\tsid\tsecret\n", "c.txt", kNow);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, "c.txt:2");
  EXPECT_EQ(refused.error().Format().find("secret"), std::string::npos);
  EXPECT_FALSE(ReadCookieFile("[{\"name\":1}]", "c.json", kNow));
  EXPECT_FALSE(ReadCookieFile("[", "c.json", kNow));
  EXPECT_FALSE(ReadCookieFile("", "c.txt", kNow));
  EXPECT_FALSE(ReadCookieFile("a\tb\n", "c.txt", kNow));
}

TEST(CookieFile, PutsIntoAJarOnlyWhatBelongsThere) {
  Jar jar(kHost);
  EXPECT_TRUE(
      jar.Put({.name = "a", .value = "1", .domain = kHost, .path = "/", .created = kNow, .used = kNow}));
  EXPECT_EQ(jar.Put({.name = "b", .value = "1", .domain = "example.com", .path = "/"}).error().code,
            Code::kRefused);
  EXPECT_FALSE(jar.Put({.name = "c", .value = "1\r\nX: y", .domain = kHost, .path = "/"}));
  EXPECT_EQ(jar.LineFor(At("/"), kNow), "a=1");
}

}  // namespace
}  // namespace nightjar::sessions
