// SPDX-License-Identifier: Apache-2.0
// kill -9 of the crawl and index roles while a crawl over real Tor runs: what was acknowledged stays, nothing
// is stored twice, and both catch up by themselves.
#include <gtest/gtest.h>
#include <signal.h>

#include <map>
#include <set>
#include <thread>

#include "archive/captures/archive.h"
#include "base/random.h"
#include "tests/story/installation.h"

namespace nightjar::story {
namespace {

constexpr int kKills = 20;

// Digest of every record that readers can see: once seen, a capture counts as acknowledged.
std::map<std::uint64_t, std::string> ReadRecords(const captures::Reader& archive) {
  std::map<std::uint64_t, std::string> records;
  const std::uint64_t size = archive.Size().value_or(0);
  for (std::uint64_t number = 0; number < size; ++number) {
    const auto capture = archive.Get(CaptureNumber{number});
    EXPECT_TRUE(capture) << "capture " << number << ": " << capture.error().Format();
    if (capture) records[number] = Sha256(capture->record_text).Hex();
  }
  return records;
}

std::unique_ptr<captures::Reader> OpenArchive(const Installation& installation) {
  auto archive =
      captures::Reader::Open({.folder = installation.data() + "/archive", .keyring = installation.keyring()});
  return archive ? std::move(*archive) : nullptr;
}

class KillTest : public testing::Test {
 protected:
  void SetUp() override {
    world_ = FindWorld();
    ASSERT_TRUE(world_) << "the private Tor network is not there: run through ctest, which starts it";
    installation_ = std::make_unique<Installation>(*world_);
    installation_->OrderCrawl(*world_);
    for (const char* role : {"crawl", "index"}) roles_.emplace(role, installation_->Start(role));
    ASSERT_TRUE(WaitUntil(std::chrono::seconds(60), [&] {
      const auto archive = OpenArchive(*installation_);
      return archive && archive->Size().value_or(0) >= 5;
    })) << "the crawl did not begin";
  }

  // Ends the role as a power cut would end it, and starts it again.
  void Kill(const std::string& role) {
    Child& child = roles_.at(role);
    EXPECT_FALSE(child.WaitFor(std::chrono::milliseconds(0))) << role << " had ended by itself";
    child.Signal(SIGKILL);
    ASSERT_TRUE(child.WaitFor(std::chrono::seconds(10)));
    child = installation_->Start(role);
  }

  std::optional<World> world_;
  std::unique_ptr<Installation> installation_;
  std::map<std::string, Child> roles_;
};

TEST_F(KillTest, LosesNothingAcknowledgedAndStoresNothingTwice) {
  SeededRandom random(7);
  std::map<std::uint64_t, std::string> acknowledged;
  int kills_at_work = 0;
  for (int kill = 0; kill < kKills; ++kill) {
    std::this_thread::sleep_for(
        std::chrono::milliseconds(200 + random.Next() % 1200));  // the random moment itself
    if (!installation_->Idle()) ++kills_at_work;
    const auto archive = OpenArchive(*installation_);
    ASSERT_TRUE(archive);
    for (const auto& [number, digest] : ReadRecords(*archive)) acknowledged[number] = digest;
    Kill(random.Next() % 2 == 0 ? "crawl" : "index");
  }
  EXPECT_EQ(kills_at_work, kKills) << "the crawl was over before the kills were";

  ASSERT_TRUE(WaitUntil(std::chrono::seconds(420), [&] { return installation_->Idle(); }))
      << "crawl and index did not catch up: " << json::serialize(installation_->Status());
  const auto archive = OpenArchive(*installation_);
  const auto records = ReadRecords(*archive);
  for (const auto& [number, digest] : acknowledged) {
    ASSERT_TRUE(records.contains(number)) << "acknowledged capture " << number << " is gone";
    EXPECT_EQ(records.at(number), digest) << "capture " << number << " changed";
  }
  std::set<std::string> distinct;
  for (const auto& [number, digest] : records)
    EXPECT_TRUE(distinct.insert(digest).second) << "stored twice: " << number;
  const auto checkpoint = archive->LatestCheckpoint();
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->checkpoint.size, records.size());
  for (const auto& listing : world_->truth.at("listings").as_array()) {
    const std::string title(listing.at("title").as_string());
    EXPECT_NE(installation_->Command({"search", "title:\"" + title + "\"", "--json"}).find(title),
              std::string::npos)
        << title;
  }
}

}  // namespace
}  // namespace nightjar::story
