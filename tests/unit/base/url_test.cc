// SPDX-License-Identifier: Apache-2.0
// What the contract of url.h promises beyond the vectors of url_vectors_test.cc.
#include "base/url.h"

#include <gtest/gtest.h>

#include <string>

#include "base/bytes.h"

namespace nightjar {
namespace {

std::string Href(std::string_view input) {
  const auto url = Url::Parse(input);
  return url ? url->Href() : "error: " + url.error().text;
}

std::string HrefFrom(std::string_view base, std::string_view input) {
  const auto page = Url::Parse(base);
  if (!page) return "bad base";
  const auto url = Url::Parse(input, &*page);
  return url ? url->Href() : "error: " + url.error().text;
}

Code ErrorCode(std::string_view input) {
  const auto url = Url::Parse(input);
  return url ? Code::kInternal : url.error().code;
}

TEST(Url, GivesItsPartsAndItsSerialisations) {
  const auto url = Url::Parse("HTTP://User:pa ss@Example.COM:8080/a/./b/../c?q=1'#top");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->scheme(), "http");
  EXPECT_EQ(url->username(), "User");
  EXPECT_EQ(url->password(), "pa%20ss");
  EXPECT_EQ(url->host(), "example.com");
  EXPECT_EQ(url->port(), 8080);
  EXPECT_EQ(url->path(), "/a/c");
  EXPECT_EQ(url->query(), "q=1%27");
  EXPECT_EQ(url->fragment(), "top");
  EXPECT_EQ(url->Origin(), "http://example.com:8080");
  EXPECT_EQ(url->PathAndQuery(), "/a/c?q=1%27");
  EXPECT_EQ(url->WithoutFragment(), "http://User:pa%20ss@example.com:8080/a/c?q=1%27");
  EXPECT_EQ(url->Href(), "http://User:pa%20ss@example.com:8080/a/c?q=1%27#top");
}

TEST(Url, LeavesOutTheDefaultPortAndStillKnowsIt) {
  for (const auto& [text, port] :
       {std::pair("http://a:80/", 80), std::pair("https://a:443/", 443), std::pair("http://a:443/", 443)}) {
    const auto url = Url::Parse(text);
    ASSERT_TRUE(url) << text;
    EXPECT_EQ(url->EffectivePort(), port) << text;
    EXPECT_EQ(url->port().has_value(), std::string_view(text) == "http://a:443/") << text;
  }
}

TEST(Url, ComparesByItsWholeSerialisation) {
  EXPECT_EQ(*Url::Parse("http://a/x"), *Url::Parse("HTTP://A:80/y/../x"));
  EXPECT_NE(*Url::Parse("http://a/x"), *Url::Parse("http://a/x?"));
  EXPECT_NE(*Url::Parse("http://a/x"), *Url::Parse("http://a/x#"));
  EXPECT_LT(*Url::Parse("http://a/x"), *Url::Parse("http://a/y"));
}

TEST(Url, RefusesEveryOtherScheme) {
  for (const auto* input : {"ftp://a/", "file:///etc/passwd", "ws://a/", "javascript:alert(1)", "mailto:a@b",
                            "data:text/plain,x", "magnet:?xt=urn", "gopher://a/", "blob:http://a/x"}) {
    EXPECT_EQ(ErrorCode(input), Code::kRefused) << input;
    EXPECT_NE(HrefFrom("http://a/", input).find("error:"), std::string::npos) << input;
  }
}

TEST(Url, SaysWhichPartIsWrongAndShowsTheInput) {
  const auto bad_port = Url::Parse("http://a:99999/");
  ASSERT_FALSE(bad_port);
  EXPECT_EQ(bad_port.error().code, Code::kInvalidInput);
  EXPECT_NE(bad_port.error().text.find("port"), std::string::npos);
  EXPECT_EQ(bad_port.error().where, "http://a:99999/");
  EXPECT_NE(Href("http://a b/").find("host"), std::string::npos);
  EXPECT_NE(Href("/relative").find("no scheme"), std::string::npos);
}

TEST(Url, ShowsAtMostTheHeadOfALongBadInputAsValidUtf8) {
  const auto url = Url::Parse("http://a:x/\xFF" + std::string(5000, 'a'));
  ASSERT_FALSE(url);
  EXPECT_LE(url.error().where.size(), 220U);
  EXPECT_TRUE(IsValidUtf8(url.error().where));
}

TEST(Url, RefusesInputOfOverTheGreatestLength) {
  const std::string start = "http://a/";
  const std::string longest = start + std::string(Url::kMaxLength - start.size(), 'x');
  EXPECT_EQ(Href(longest), longest);
  EXPECT_EQ(ErrorCode(longest + "x"), Code::kRefused);
}

TEST(Url, RefusesWhatGrowsOverTheGreatestLengthWhenEncoded) {
  EXPECT_EQ(ErrorCode("http://a/" + std::string(3000, '"')), Code::kRefused);
  const std::string base = "http://a/" + std::string(5000, 'x') + "/";
  EXPECT_NE(HrefFrom(base, std::string(5000, 'y')).find("longer"), std::string::npos);
}

TEST(Url, ReadsInvalidUtf8AsTheReplacementCharacter) {
  EXPECT_EQ(Href("http://a/\xC3(?\xFF#\x80"), "http://a/%EF%BF%BD(?%EF%BF%BD#%EF%BF%BD");
  EXPECT_NE(Href("http://\xC3(/").find("error:"), std::string::npos);
}

TEST(Url, ResolvesTheLinksOfAPage) {
  const std::string page = "http://a.onion/shop/list.php?page=2#top";
  EXPECT_EQ(HrefFrom(page, ""), "http://a.onion/shop/list.php?page=2");
  EXPECT_EQ(HrefFrom(page, "#end"), "http://a.onion/shop/list.php?page=2#end");
  EXPECT_EQ(HrefFrom(page, "?page=3"), "http://a.onion/shop/list.php?page=3");
  EXPECT_EQ(HrefFrom(page, "item/7"), "http://a.onion/shop/item/7");
  EXPECT_EQ(HrefFrom(page, "../.././x"), "http://a.onion/x");
  EXPECT_EQ(HrefFrom(page, "//b.onion"), "http://b.onion/");
  EXPECT_EQ(HrefFrom(page, "\\\\b.onion\\x"), "http://b.onion/x");
  EXPECT_EQ(HrefFrom(page, "https:rel"), "https://rel/");
  EXPECT_EQ(HrefFrom(page, "http:rel"), "http://a.onion/shop/rel");
  EXPECT_EQ(HrefFrom("http://u:p@a/b", "c"), "http://u:p@a/c");
}

TEST(Url, TakesDotSegmentsOutInEverySpelling) {
  EXPECT_EQ(Href("http://a/b/%2E%2e/c"), "http://a/c");
  EXPECT_EQ(Href("http://a/b/.%2e"), "http://a/");
  EXPECT_EQ(Href("http://a/b/%2e"), "http://a/b/");
  EXPECT_EQ(Href("http://a/../../b"), "http://a/b");
  EXPECT_EQ(Href("http://a/b/.../c"), "http://a/b/.../c");
  EXPECT_EQ(Href("http://a//b//../c"), "http://a//b/c");
}

TEST(Url, KeepsEscapesOfThePathAsTheyAre) { EXPECT_EQ(Href("http://a/%7e%zz%4"), "http://a/%7e%zz%4"); }

TEST(Url, UnderstandsEveryOddSpellingOfAnIpv4Address) {
  for (const auto* input : {"http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/",
                            "http://127.0.0.1./", "http://%31%32%37.1/", "http://１２７.1/"}) {
    EXPECT_EQ(Href(input), "http://127.0.0.1/") << input;
  }
  for (const auto* input : {"http://256.1/", "http://1.2.3.4.5/", "http://09.1/", "http://a.1/",
                            "http://4294967296/", "http://99999999999999999999999999/", "http://1..2/"}) {
    EXPECT_EQ(ErrorCode(input), Code::kInvalidInput) << input;
  }
}

TEST(Url, CompressesIpv6Addresses) {
  EXPECT_EQ(Href("http://[0:0:1:0:0:0:2:3]/"), "http://[0:0:1::2:3]/");
  EXPECT_EQ(Href("http://[::]/"), "http://[::]/");
  EXPECT_EQ(Href("http://[1:2:3:4:5:6:7::]/"), "http://[1:2:3:4:5:6:7:0]/");
  EXPECT_EQ(Href("http://[::ffff:127.0.0.1]:8080/"), "http://[::ffff:7f00:1]:8080/");
  for (const auto* input :
       {"http://[1:2:3:4:5:6:7:8:9]/", "http://[::1:2:3:4:5:6:7:8]/", "http://[1::2::3]/", "http://[:1]/",
        "http://[1:]/", "http://[12345::]/", "http://[::1.2.3]/", "http://[::1.2.3.256]/",
        "http://[::01.2.3.4]/", "http://[::1.2.3.4.5]/", "http://[1:2:3:4:5:6:7:1.2.3.4]/", "http://[]/",
        "http://[::1/", "http://[::1]x/"}) {
    EXPECT_EQ(ErrorCode(input), Code::kInvalidInput) << input;
  }
}

TEST(Url, EncodesInternationalHosts) {
  EXPECT_EQ(Href("http://straße.Example/"), "http://xn--strae-oqa.example/");  // non-transitional: ß is kept
  EXPECT_EQ(Href("http://B%C3%BCcher.de/"), "http://xn--bcher-kva.de/");
  EXPECT_EQ(Href("http://ＧＯ。com/"), "http://go.com/");
  EXPECT_EQ(ErrorCode("http://b\xC3\xBC\xEF\xBC\x85.de/"), Code::kInvalidInput);  // a full-width percent sign
  EXPECT_EQ(ErrorCode("http://\xC2\xAD/"), Code::kInvalidInput);                  // nothing but a soft hyphen
  EXPECT_EQ(ErrorCode("http://b\xC3\xBC%00.evil/"), Code::kInvalidInput);         // cut at NUL by C strings
}

// Where libidn2 (IDNA 2008) is stricter than the UTS 46 of browsers. Such a name is refused, never misread.
TEST(Url, RefusesInternationalHostsThatOnlyUts46Allows) {
  for (const auto* input : {"http://☕.example/", "http://ab--ü.com/", "http://-ü.com/"}) {
    EXPECT_EQ(ErrorCode(input), Code::kInvalidInput) << input;
  }
}

TEST(Url, RefusesForbiddenCharactersOfAHostInEverySpelling) {
  for (const auto* input : {"http://a%00b/", "http://a%2Fb/", "http://a%3Ab/", "http://a%25b/", "http://a|b/",
                            "http://a^b/", "http://a%7Fb/", "http://a<b/", "http://a%0Ab/", "http://a]b/"}) {
    EXPECT_EQ(ErrorCode(input), Code::kInvalidInput) << input;
  }
}

TEST(Url, LeavesOutTabsAndNewlinesAnywhere) {
  EXPECT_EQ(Href(" ht\ntp:/\t/a\r.b/c\n/d\x01 "), "http://a.b/c/d");
}

TEST(Url, SurvivesPathologicalInputOfTheGreatestLength) {
  const auto fill = [](std::string_view start, std::string_view unit) {
    std::string text(start);
    while (text.size() + unit.size() <= Url::kMaxLength) text += unit;
    return text;
  };
  EXPECT_EQ(Href(fill("http://a/", "../")), "http://a/");
  EXPECT_EQ(Href(fill("http:", "/") + "a"), "error: is longer than 8192 bytes");
  EXPECT_EQ(ErrorCode(fill("http://", "@")), Code::kInvalidInput);
  EXPECT_EQ(ErrorCode(fill("http://", "ü.")), Code::kInvalidInput);
  EXPECT_EQ(ErrorCode(fill("http://[", ":")), Code::kInvalidInput);
  EXPECT_EQ(ErrorCode(fill("http://1", ".1")), Code::kInvalidInput);
}

}  // namespace
}  // namespace nightjar
