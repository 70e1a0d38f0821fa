// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/crawler/frontier/frontier_fixture.h"

namespace nightjar::frontier {
namespace {

using ::testing::IsEmpty;

class DiscoveryTest : public FrontierTest {
 protected:
  void Discover(Discovery::Mode mode) {
    terms_.discovery.mode = mode;
    SetJobs({terms_});
  }
  std::vector<DiscoveredHost> Discovered() const {
    const auto page = ListDiscovered(folder_, {}, 1000);
    return page->hosts;
  }
  std::string Home() const { return "http://" + host_ + "/"; }
  static std::string Other(char host, const std::string& path = "") {
    return "http://www." + OnionHost(host) + "/" + path;
  }
};

TEST_F(DiscoveryTest, IsOffUnlessAskedFor) {
  EXPECT_EQ(Add({Other('x')}, 1, Home()).outside, 1U);
  EXPECT_THAT(Discovered(), IsEmpty());
}

TEST_F(DiscoveryTest, RecordsNewHostsAndAsksNone) {
  Discover(Discovery::Mode::kRecord);
  Add({Other('x'), Other('x', "2"), Other('y'), "http://example.org/"}, 1, Home());
  EXPECT_THAT(FetchAll(), IsEmpty());
  const auto hosts = Discovered();
  ASSERT_EQ(hosts.size(), 2U) << "onion hosts only";
  const auto& x = hosts[0].host == OnionHost('x') ? hosts[0] : hosts[1];
  EXPECT_EQ(x.count, 2U);
  EXPECT_EQ(x.via, Home());
  EXPECT_FALSE(x.joined);
  // For show: the reader takes the time from two clocks, one after the other.
  EXPECT_LT(std::chrono::abs(x.first_seen - clock_.Utc()), milliseconds(100));
  EXPECT_EQ(Row().outside, 4U);
}

TEST_F(DiscoveryTest, CrawlsNewHostsToTheirOwnDepthAndBudget) {
  terms_.discovery.max_depth = 1;
  terms_.discovery.max_pages_per_host = 3;
  Discover(Discovery::Mode::kCrawl);
  EXPECT_EQ(Add({Other('x')}, 7, Home()).fresh, 1U);
  EXPECT_EQ(Add({Other('x', "near")}, 8, Other('x')).fresh, 1U);
  EXPECT_EQ(Add({Other('x', "far")}, 9, Other('x')).excluded, 1U) << "two links from where the host was met";
  Add({Other('x', "1"), Other('x', "2"), Other('x', "3")}, 8, Other('x'));
  EXPECT_EQ(FetchAll().size(), 3U);
  EXPECT_TRUE(frontier_->Idle());
  EXPECT_TRUE(Discovered().at(0).joined);
}

TEST_F(DiscoveryTest, LetsNoMoreHostsJoinThanTheJobAllows) {
  terms_.discovery.max_hosts = 2;
  Discover(Discovery::Mode::kCrawl);
  EXPECT_EQ(Add({Other('x'), Other('y'), Other('z')}, 1, Home()).fresh, 2U);
  Open();
  EXPECT_EQ(Add({Other('w')}, 1, Home()).fresh, 0U) << "over restarts";
  EXPECT_EQ(Discovered().size(), 4U) << "the others are recorded";
}

TEST_F(DiscoveryTest, StopsAtDiscoveredHostsWhenItIsTurnedOff) {
  Discover(Discovery::Mode::kCrawl);
  Add({Other('x')}, 1, Home());
  Discover(Discovery::Mode::kOff);
  EXPECT_THAT(FetchAll(), IsEmpty());
  EXPECT_EQ(Add({Other('x', "2")}, 1, Home()).outside, 1U);
  Discover(Discovery::Mode::kCrawl);
  EXPECT_EQ(FetchAll().size(), 1U);
}

TEST_F(DiscoveryTest, TreatsAHostThatTheJobNowNamesAsItsOwn) {
  terms_.discovery.max_pages_per_host = 1;
  Discover(Discovery::Mode::kCrawl);
  Add({Other('x'), Other('x', "2")}, 1, Home());
  EXPECT_EQ(FetchAll().size(), 1U);
  terms_.hosts.push_back(OnionHost('x'));
  SetJobs({terms_});
  EXPECT_EQ(FetchAll().size(), 1U) << "its budget is the job's";
}

TEST_F(DiscoveryTest, PagesThroughALongList) {
  Discover(Discovery::Mode::kRecord);
  for (char host = 'b'; host <= 'z'; ++host) Add({Other(host)}, 1, Home());
  std::size_t seen = 0;
  std::string after;
  do {
    const auto page = ListDiscovered(folder_, {.job = kJob}, 7, after);
    ASSERT_TRUE(page) << page.error().Format();
    EXPECT_LE(page->hosts.size(), 7U);
    seen += page->hosts.size();
    after = page->next;
  } while (!after.empty());
  EXPECT_EQ(seen, 25U);
  EXPECT_EQ(ListDiscovered(folder_, {}, 7, "nonsense").error().code, Code::kInvalidInput);
}

}  // namespace
}  // namespace nightjar::frontier
