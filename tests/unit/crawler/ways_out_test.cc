// SPDX-License-Identifier: Apache-2.0
#include "crawler/ways_out.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace nightjar::crawler {
namespace {

std::vector<std::string> Names(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back("Tor at /run/tor" + std::to_string(i) + "/socks");
  return names;
}

std::string HostOf(int i) { return "host" + std::to_string(i) + ".onion"; }

TEST(RankWays, SpreadsHostsEvenly) {
  std::map<std::size_t, int> hosts;
  for (int i = 0; i < 4000; ++i) ++hosts[RankWays(Names(4), HostOf(i)).front()];
  for (const auto& [way, count] : hosts) EXPECT_NEAR(count, 1000, 120) << way;
  EXPECT_EQ(hosts.size(), 4U);
}

TEST(RankWays, HandsOverTheHostsOfALostWayOnlyAndToAllOthers) {
  const auto all = Names(4);
  const std::vector<std::string> left{all[0], all[2], all[3]};  // the second is gone
  std::map<std::string, int> heirs;
  for (int i = 0; i < 2000; ++i) {
    const std::string before = all[RankWays(all, HostOf(i)).front()];
    const std::string after = left[RankWays(left, HostOf(i)).front()];
    if (before == all[1])
      ++heirs[after];
    else
      EXPECT_EQ(after, before) << "a host moved without need";
  }
  EXPECT_EQ(heirs.size(), 3U);
}

TEST(RankWays, NamesEveryWayOnceAndAlwaysInTheSameOrder) {
  const auto ranked = RankWays(Names(8), HostOf(1));
  EXPECT_EQ(ranked, RankWays(Names(8), HostOf(1)));
  EXPECT_EQ(std::set<std::size_t>(ranked.begin(), ranked.end()).size(), 8U);
}

TEST(WaysOf, PairsSocketsWithTheirControlSockets) {
  config::Settings settings;
  settings.tor.socks = "/a/socks /b/socks";
  settings.tor.control = "/a/control /b/control";
  const auto ways = WaysOf(settings, SystemClock());
  ASSERT_EQ(ways.size(), 2U);
  EXPECT_EQ(ways[1].socket, "/b/socks");
  EXPECT_EQ(ways[1].control, "/b/control");
  EXPECT_FALSE(ways[1].managed);
}

TEST(WaysOf, UsesTorsOfItsOwnInsteadWhereThatIsAskedFor) {
  config::Settings settings;
  settings.data = "/data";
  settings.tor.managed = 2;
  const auto ways = WaysOf(settings, SystemClock());
  ASSERT_EQ(ways.size(), 2U);
  EXPECT_EQ(ways[1].socket, "/data/tor/1/socks/socks");
  EXPECT_EQ(ways[1].managed->folder, "/data/tor/1");
  EXPECT_EQ(ways[1].managed->include, "");
}

TEST(WaysOf, OpensOtherNetworksOnlyWhereTheirSocketIsNamed) {
  config::Settings settings;
  EXPECT_EQ(WaysOf(settings, SystemClock()).size(), 1U);
  settings.tor.clearnet_socks = "/clear/socks";
  settings.i2p.proxy = "/i2p/proxy";
  const auto ways = WaysOf(settings, SystemClock());
  ASSERT_EQ(ways.size(), 3U);
  EXPECT_EQ(ways[1].route, RouteClass::kClearnet);
  EXPECT_EQ(ways[2].route, RouteClass::kI2p);
}

}  // namespace
}  // namespace nightjar::crawler
