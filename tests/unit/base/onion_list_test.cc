// SPDX-License-Identifier: Apache-2.0
#include "base/onion_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/onion.h"

namespace nightjar {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Onion(char seed) {
  return OnionAddress::FromKey(SigningKey::FromSeed(std::string(32, seed))->public_key()).host();
}

TEST(OnionList, FindsUrlsAndBareHostsInPlainText) {
  const auto found = FindOnions("Market: http://" + Onion('a') + "/shop?id=1, mirror (" + Onion('b') +
                                "). Forum https://www." + Onion('c') + ":8443/board/.\n");
  EXPECT_THAT(found.urls, ::testing::UnorderedElementsAre("http://" + Onion('a') + "/shop?id=1",
                                                          "http://" + Onion('b') + "/",
                                                          "https://www." + Onion('c') + ":8443/board/"));
  EXPECT_THAT(found.refused, IsEmpty());
}

TEST(OnionList, FindsWhatStandsInHtml) {
  const auto found = FindOnions("<a href=\"http://" + Onion('a') + "/list?a=1&amp;b=2#top\">" + Onion('a') +
                                "</a><td>" + Onion('a') + "</td>");
  EXPECT_THAT(found.urls, ::testing::UnorderedElementsAre("http://" + Onion('a') + "/list?a=1&b=2",
                                                          "http://" + Onion('a') + "/"));
  EXPECT_EQ(found.repeated, 1U);
}

TEST(OnionList, TakesTheHostFromGatewaysAndFromTheMiddleOfAnotherUrl) {
  EXPECT_THAT(FindOnions("https://" + Onion('a') + ".ly/secret/path").urls,
              ElementsAre("https://" + Onion('a') + "/"));
  EXPECT_THAT(FindOnions("http://x.org/go?to=http%3A%2F%2F" + Onion('a') + "%2Fpath").urls,
              ElementsAre("http://" + Onion('a') + "/"));
}

TEST(OnionList, DoesNotMindLetterCase) {
  std::string upper = "HTTP://" + Onion('a') + "/Path";
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  EXPECT_THAT(FindOnions(upper).urls, ElementsAre("http://" + Onion('a') + "/PATH"));
}

TEST(OnionList, KeepsOldNamesApart) {
  const auto found = FindOnions("http://expyuzz4wqqyqhjn.onion/about www.expyuzz4wqqyqhjn.onion");
  EXPECT_THAT(found.urls, IsEmpty());
  EXPECT_THAT(found.old_names, ElementsAre("expyuzz4wqqyqhjn.onion"));
  EXPECT_EQ(found.repeated, 1U);
}

TEST(OnionList, SaysWhatItLeftOutAndWhy) {
  std::string mistyped = Onion('a');
  mistyped[20] = mistyped[20] == 'x' ? 'y' : 'x';
  const auto found =
      FindOnions(mistyped + " " + mistyped.substr(3) + " example.onion http://" + Onion('b') + ":99999/");
  EXPECT_THAT(found.urls, IsEmpty());
  ASSERT_EQ(found.refused.size(), 4U);
  EXPECT_EQ(found.refused[0].text, mistyped);
  EXPECT_THAT(found.refused[0].reason, HasSubstr("checksum"));
  EXPECT_THAT(found.refused[1].reason, HasSubstr("56 characters"));
  EXPECT_EQ(found.refused_by_reason.at(found.refused[1].reason), 2U);
  EXPECT_THAT(found.refused[3].reason, HasSubstr("port"));
}

TEST(OnionList, PassesOverWordsThatNameNoHost) {
  const auto found = FindOnions("sites under .onion, of onion soup, x.onions and .onion.onion");
  EXPECT_THAT(found.urls, IsEmpty());
  EXPECT_EQ(found.refused.size(), 1U) << "\"onion.onion\" is no address";
}

TEST(OnionList, KeepsBoundsOnHostileText) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "a.onion";
  EXPECT_LE(FindOnions(text).refused.size(), kMaxRefusedKept);
  EXPECT_THAT(FindOnions(std::string(1 << 20, 'a') + ".onion").urls, IsEmpty());
  const auto endless = FindOnions("http://" + Onion('a') + "/" + std::string(1 << 20, 'x'));
  EXPECT_THAT(endless.urls, IsEmpty());
  EXPECT_THAT(endless.refused.at(0).reason, HasSubstr("longer than 2048"));
}

}  // namespace
}  // namespace nightjar
