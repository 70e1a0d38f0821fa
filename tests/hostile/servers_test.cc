// SPDX-License-Identifier: Apache-2.0
// Fifty hostile services among fifty honest ones, met by the whole crawl role with the shipped fetcher: every
// honest page is captured, every hostile exchange ends as it should, and the crawler stays small.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "base/onion.h"
#include "base/url.h"
#include "tests/hostile/hostile_services.h"
#include "tests/leak/crawl_rig.h"

namespace nightjar::hostile {
namespace {

using captures::Outcome;

constexpr std::size_t kHostile = 50;
constexpr std::size_t kHonest = 50;
constexpr std::size_t kPagesOfAnHonestHost = 4;
constexpr long kMostKib = 512L << 10;

std::string HostOf(const std::string& kind, std::size_t n) {
  const Digest seed = Sha256(kind + std::to_string(n));
  return OnionAddress::FromKey(SigningKey::FromSeed(Bytes(seed.View()))->public_key()).host();
}

// Largest size so far, in KiB.
long PeakOf(const std::string& process) {
  std::ifstream status("/proc/" + process + "/status");
  std::string word;
  long kib = 0;
  while (status >> word)
    if (word == "VmHWM:") status >> kib;
  return kib;
}

class HostileServers : public leak::CrawlTest {
 protected:
  void SetUp() override {
    CrawlTest::SetUp();
    settings_.crawl.concurrency = 256;
    settings_.crawl.tries = 1;
    settings_.crawl.limits.body_bytes = 256 << 10;
    settings_.crawl.limits.connect = std::chrono::seconds(20);
    settings_.crawl.limits.total = std::chrono::seconds(8);
    settings_.crawl.limits.low_speed_bytes = 100;
    settings_.crawl.limits.low_speed_time = std::chrono::seconds(3);
    for (std::size_t n = 0; n < kHostile; ++n)
      hostile_[HostOf("hostile", n)] = &Behaviours()[n % Behaviours().size()];
    for (std::size_t n = 0; n < kHonest; ++n) honest_.insert(HostOf("honest", n));
    site_.Put("/", leak::Page({"/a", "/b", "/c"}));
    for (const std::string path : {"/a", "/b", "/c"}) site_.Put(path, leak::Page({"/"}));
    tor_->ServeEach([this](const leak::Visit& visit) {
      const auto found = hostile_.find(visit.host);
      return found == hostile_.end() ? site_.AsService() : found->second->service;
    });
  }

  void OrderAll() {
    AddJob([this](jobs::Job& job) {
      job.seeds.clear();
      for (const auto& [host, behaviour] : hostile_) job.seeds.push_back("http://" + host + "/");
      for (const auto& host : honest_) job.seeds.push_back("http://" + host + "/");
      job.max_depth = 3;  // what a chain or a calendar may cost
    });
  }

  std::map<std::string, const Behaviour*> hostile_;
  std::set<std::string> honest_;
};

TEST_F(HostileServers, CostNoHonestPageAndEndAsTheyShould) {
  ASSERT_GE(Behaviours().size(), 25U) << "a behaviour that was removed must be missed";
  OrderAll();
  const Status crawled = Crawl();
  ASSERT_TRUE(crawled) << crawled.error().Format();

  std::map<std::string, std::size_t> honest_pages;
  std::set<std::string> hostile_met;
  const auto archive = OpenArchive();
  for (std::uint64_t number = 0; number < *archive->Size(); ++number) {
    const auto row = archive->GetRow(CaptureNumber{number});
    ASSERT_TRUE(row && row->rejected.empty());
    const captures::Record& record = row->record;
    const std::string host = Url::Parse(record.url)->host();
    EXPECT_LE(record.response_size, settings_.crawl.limits.body_bytes + settings_.crawl.limits.header_bytes);
    if (honest_.contains(host)) {
      EXPECT_EQ(record.outcome, Outcome::kOk) << record.detail;
      ++honest_pages[host];
      continue;
    }
    const Behaviour& behaviour = *hostile_.at(host);
    hostile_met.insert(host);
    EXPECT_TRUE(behaviour.endings.contains(record.outcome))
        << behaviour.name << " ended as " << captures::OutcomeName(record.outcome) << ": " << record.detail;
  }
  EXPECT_EQ(hostile_met.size(), kHostile) << "every one of them was met and recorded";
  EXPECT_EQ(honest_pages.size(), kHonest);
  for (const auto& [host, pages] : honest_pages) EXPECT_EQ(pages, kPagesOfAnHonestHost) << host;
  const auto status = crawler::ReadFrontierStatus(settings_);
  EXPECT_EQ(status->waiting + status->leased, 0U);
}

TEST_F(HostileServers, LeaveTheCrawlerSmall) {
  OrderAll();
  long fetcher_kib = 0;
  std::atomic<bool> running = true;
  std::thread watch([&] {  // reads the size of every child until the crawl ends
    while (running) {
      for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
        std::ifstream children(task.path() / "children");
        for (std::string pid; children >> pid;) fetcher_kib = std::max(fetcher_kib, PeakOf(pid));
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  });
  EXPECT_TRUE(Crawl());
  running = false;
  watch.join();
  const long role_kib = PeakOf("self");
  std::printf("largest: role %ld MiB (services of the test included), fetcher %ld MiB\n", role_kib >> 10,
              fetcher_kib >> 10);
  EXPECT_GT(fetcher_kib, 0);
  EXPECT_LE(role_kib + fetcher_kib, kMostKib);
}

}  // namespace
}  // namespace nightjar::hostile
