// SPDX-License-Identifier: Apache-2.0
#include "base/onion.h"

#include <gtest/gtest.h>

#include <string>

namespace nightjar {
namespace {

// Examples of rend-spec-v3, section 6, checksums recomputed.
constexpr const char* kGood[] = {
    "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion",
    "sp3k262uwy4r2k3ycr5awluarykdpag6a7y33jxop4cs2lu5uz5sseqd.onion",
    "xa4r2iadxm55fbnqgwwi5mymqdcofiu3w6rpbtqn7b2dyn7mgwj64jyd.onion",
};

std::string ErrorText(std::string_view host) {
  const auto address = OnionAddress::Parse(host);
  return address ? "no error" : address.error().text;
}

TEST(OnionAddress, TakesTheExamplesOfTheSpecification) {
  for (const auto* host : kGood) EXPECT_EQ(OnionAddress::Parse(host).value().host(), host);
}

TEST(OnionAddress, IsMadeFromAServiceKey) {
  const auto key = SigningKey::FromSeed(
      *HexDecode("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));  // RFC 8032, test 1
  const auto address = OnionAddress::FromKey(key->public_key());
  EXPECT_EQ(address.host(), "25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid.onion");
  EXPECT_EQ(OnionAddress::Parse(address.host()).value(), address);
}

TEST(OnionAddress, IsTheLastLabelInLowerCase) {
  std::string upper(kGood[0]);
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  EXPECT_EQ(OnionAddress::Parse(upper).value().host(), kGood[0]);
  EXPECT_EQ(OnionAddress::Parse("www.shop." + std::string(kGood[0])).value().host(), kGood[0]);
}

// Including errors in the checksum and version themselves. The two lowest bits of the 280 are the version's.
TEST(OnionAddress, WithAnyCharacterMistypedIsRefused) {
  const std::string good(kGood[1]);
  for (std::size_t at = 0; at < 56; ++at) {
    std::string bad = good;
    bad[at] = bad[at] == 'a' ? 'b' : 'a';
    EXPECT_NE(ErrorText(bad).find("checksum"), std::string::npos) << bad;
    bad.erase(at, 1);
    EXPECT_FALSE(OnionAddress::Parse(bad)) << bad;
  }
}

TEST(OnionAddress, SaysWhatIsWrong) {
  EXPECT_NE(ErrorText("facebookcorewwwi.onion").find("v2"), std::string::npos);
  EXPECT_NE(ErrorText("example.com").find("not an onion"), std::string::npos);
  EXPECT_NE(ErrorText("short.onion").find("v3"), std::string::npos);
  for (const std::string& host : {std::string(), std::string(".onion"), std::string("onion"),
                                  std::string(kGood[0]) + ".", std::string(kGood[0]) + ".example.com",
                                  std::string(56, '1') + ".onion", std::string(100000, 'a') + ".onion"}) {
    EXPECT_FALSE(OnionAddress::Parse(host)) << host.substr(0, 100);
  }
}

}  // namespace
}  // namespace nightjar
