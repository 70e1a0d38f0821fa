// SPDX-License-Identifier: Apache-2.0
#include "base/site_host.h"

#include <gtest/gtest.h>

namespace nightjar {
namespace {

const std::string kOnion = "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion";
const std::string kB32 = std::string(52, 'a') + ".b32.i2p";

void ExpectSite(const std::string& host, RouteClass route, const std::string& name) {
  const auto site = SiteHost::Parse(host);
  ASSERT_TRUE(site) << host << ": " << site.error().Format();
  EXPECT_EQ(site->route_class(), route) << host;
  EXPECT_EQ(site->name(), name);
}

TEST(SiteHost, TellsNetworksApartByName) {
  ExpectSite(kOnion, RouteClass::kOnion, kOnion);
  ExpectSite("www.a." + kOnion, RouteClass::kOnion, kOnion);
  ExpectSite(kB32, RouteClass::kI2p, kB32);
  ExpectSite("sub." + kB32, RouteClass::kI2p, kB32);
  ExpectSite(std::string(56, 'a') + ".b32.i2p", RouteClass::kI2p, std::string(56, 'a') + ".b32.i2p");
  ExpectSite("forum.planet.i2p", RouteClass::kI2p, "planet.i2p");
  ExpectSite("www.example.org", RouteClass::kClearnet, "www.example.org");
  ExpectSite("example.org.", RouteClass::kClearnet, "example.org");
}

TEST(SiteHost, IsFoundInAWholeUrl) {
  EXPECT_EQ(SiteHost::OfUrl("https://shop.example.com:8443/a?b#c")->name(), "shop.example.com");
  EXPECT_FALSE(SiteHost::OfUrl("http://127.0.0.1/"));
  EXPECT_FALSE(SiteHost::OfUrl("no URL"));
}

TEST(SiteHost, NeverTakesABrokenOnionForANameOfAnotherNetwork) {
  std::string mistyped = kOnion;
  mistyped[3] = mistyped[3] == 'a' ? 'b' : 'a';
  for (const std::string& host : {mistyped, std::string("short.onion"), std::string("onion"),
                                  std::string(".onion"), std::string("short.onion."), mistyped + "."})
    EXPECT_FALSE(SiteHost::Parse(host)) << host;
}

TEST(SiteHost, RefusesAddressesAndNamesOfLocalNetworks) {
  for (const char* host : {"127.0.0.1", "10.0.0.1", "[::1]", "localhost", "a.localhost", "printer",
                           "nas.local", "x.internal", "1.home.arpa", "", ".", "8.8.8.8."})
    EXPECT_FALSE(SiteHost::Parse(host)) << host;
}

TEST(SiteHost, RefusesI2pNamesOfTheWrongForm) {
  for (const std::string& host :
       {std::string("i2p"), std::string(".i2p"), std::string("x..i2p"), std::string("b32.i2p."),
        std::string(51, 'a') + ".b32.i2p", std::string(52, '1') + ".b32.i2p"})
    EXPECT_FALSE(SiteHost::Parse(host)) << host;
}

}  // namespace
}  // namespace nightjar
