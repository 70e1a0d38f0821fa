// SPDX-License-Identifier: Apache-2.0
// Blocklist, hash lists and Tor's own wall, seen from the whole crawl role.
#include <gmock/gmock.h>

#include <filesystem>

#include "archive/alerts/alerts.h"
#include "base/file.h"
#include "base/md5.h"
#include "crawler/tor_side.h"
#include "tests/leak/crawl_rig.h"
#include "tests/leak/fetcher_rig.h"

namespace nightjar::leak {
namespace {

using captures::Outcome;
using ::testing::HasSubstr;

class CrawlLists : public CrawlTest {
 protected:
  void Block(const std::vector<std::string>& hosts) {
    std::string text = HexEncode(*Md5("abcdefghijklmnop.onion")) + "\n";
    for (const auto& host : hosts) text += HexEncode(*Md5(host)) + "\n";
    ASSERT_TRUE(WriteFileDurably(folder_ + "/blocklist", text));
    settings_.blocklist = {.md5 = folder_ + "/blocklist"};
  }
  [[nodiscard]] std::map<std::string, std::uint64_t> Counts() const {
    const auto store = alerts::AlertStore::Open(settings_.AlertsFolder(), alerts::AlertStore::Mode::kWrite);
    return (*store)->Counts().value();
  }
};

TEST_F(CrawlLists, BeginsNothingWithoutAGoodBlocklist) {
  settings_.blocklist = {.md5 = folder_ + "/nowhere"};
  AddJob();
  const Status crawled = Crawl();
  ASSERT_FALSE(crawled);
  EXPECT_THAT(crawled.error().Format(), HasSubstr("nothing is crawled"));
  EXPECT_TRUE(tor_->visits().empty());
}

TEST_F(CrawlLists, AsksNothingOfAListedSeed) {
  Block({host_});
  AddJob();
  ASSERT_TRUE(Crawl());
  EXPECT_TRUE(tor_->visits().empty());
  EXPECT_EQ(Counts()["blocklist.seed"], 1U);
}

TEST_F(CrawlLists, FollowsNoLinkAndNoRedirectToAListedHost) {
  const std::string bad = OnionHost('z');
  Block({bad});
  site_.Put("/", Page({"/moved", "http://" + bad + "/", "http://www." + bad + "/x"}));
  site_.Put("/moved",
            "HTTP/1.1 302 Found\r\nLocation: http://" + bad + "/there\r\nContent-Length: 0\r\n\r\n");
  AddJob([&](jobs::Job& job) { job.hosts = {host_, bad}; });
  ASSERT_TRUE(Crawl());
  for (const Visit& visit : tor_->visits()) EXPECT_EQ(visit.host, host_);
  EXPECT_EQ(RecordsByPath().size(), 2U);
  EXPECT_EQ(Counts()["blocklist.link"], 3U);
}

TEST_F(CrawlLists, AsksNoPageOfAHostThatWasListedWhileItWaited) {
  Block({});
  std::atomic<int> asked = 0;
  tor_->Serve([&](const Stream& stream) {
    for (std::string request = stream.ReadRequest(); !request.empty(); request = stream.ReadRequest()) {
      if (asked++ == 0) Block({host_});
      stream.Write(Page({}));
    }
  });
  AddJob([&](jobs::Job& job) {
    job.delay = std::chrono::milliseconds(3000);  // longer than the list goes unread
    job.jitter = 0;
    job.seeds.push_back("http://" + host_ + "/more");
  });
  ASSERT_TRUE(Crawl());
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(Counts()["blocklist.fetch"], 1U);
  const captures::Record record = RecordsByPath().at("/more").at(0);
  EXPECT_EQ(record.outcome, Outcome::kNotAttempted) << "and the log says so";
  EXPECT_EQ(record.detail, "the host is on the blocklist");
  EXPECT_EQ(record.request_size, 0U);
}

TEST_F(CrawlLists, KeepsNoPictureAndCallsThePageDone) {
  site_.Put("/", Page({"/picture"}));
  site_.Put("/picture", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 4\r\n\r\nbody");
  AddJob();
  ASSERT_TRUE(Crawl());
  const captures::Record record = RecordsByPath().at("/picture").at(0);
  EXPECT_EQ(record.outcome, Outcome::kWithheld);
  EXPECT_EQ(record.withheld.size, 4U);
  EXPECT_EQ(crawler::ReadFrontierStatus(settings_)->done, 2U);
}

TEST_F(CrawlLists, KeepsOnlyTheDigestOfAListedFileAndRaisesAnAlert) {
  const std::string file = "\x89PNG\r\n\x1a\n" + std::string(500, 'q');
  ASSERT_TRUE(WriteFileDurably(folder_ + "/known", Sha256(file).Hex() + "\n"));
  settings_.media.hash_list_sha256 = folder_ + "/known";
  site_.Put("/", Page({"/file", "/other"}));
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 508\r\n\r\n";
  site_.Put("/file", head + file);
  site_.Put("/other", head + file.substr(0, 8) + std::string(500, 'p'));
  AddJob([](jobs::Job& job) { job.media = {"image/*"}; });
  ASSERT_TRUE(Crawl());
  const captures::Record record = RecordsByPath().at("/file").at(0);
  EXPECT_EQ(record.outcome, Outcome::kWithheld);
  EXPECT_EQ(record.withheld.by, captures::Withheld::By::kHashList);
  EXPECT_EQ(record.withheld.sha256, Sha256(file));
  EXPECT_EQ(RecordsByPath().at("/other").at(0).outcome, Outcome::kOk);
  const auto alerts = alerts::AlertStore::Open(settings_.AlertsFolder(), alerts::AlertStore::Mode::kReadOnly);
  const auto newest = (*alerts)->Newest(10).value();
  ASSERT_EQ(newest.size(), 1U);
  EXPECT_EQ(newest[0].kind, "hash-list");
  EXPECT_THAT(newest[0].subject, HasSubstr("/file"));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(settings_.data)) {
    if (!entry.is_regular_file()) continue;
    EXPECT_EQ(ReadFile(entry.path(), 256 << 20).value().find(std::string(100, 'q')), std::string::npos)
        << entry.path() << " holds the file";
  }
}

TEST_F(CrawlLists, RunsThroughNoTorThatAlsoGoesToTheClearnetUnlessToldTo) {
  tor_->AlsoServeTheClearnet();
  AddJob();
  const Status crawled = Crawl();
  ASSERT_FALSE(crawled);
  EXPECT_THAT(crawled.error().Format(), HasSubstr("OnionTrafficOnly"));
  EXPECT_TRUE(tor_->visits().empty());
  settings_.walls.tor_side = "warn";
  EXPECT_TRUE(Crawl());
  EXPECT_EQ(tor_->visits().size(), 1U);
}

TEST_F(CrawlLists, TellsATorThatOnlyServesOnionsFromOtherThings) {
  EXPECT_EQ(crawler::ProbeTorSide(settings_.tor.socks).value(), crawler::TorSide::kOnionOnly);
  tor_->AlsoServeTheClearnet();
  EXPECT_EQ(crawler::ProbeTorSide(settings_.tor.socks).value(), crawler::TorSide::kClearnetToo);
  tor_->StaySilent();
  EXPECT_EQ(crawler::ProbeTorSide(settings_.tor.socks, std::chrono::milliseconds(200)).value(),
            crawler::TorSide::kSaidNothing);
  tor_->SpeakInsteadOfSocks("HTTP/1.1 400 Bad Request\r\n\r\n");
  EXPECT_FALSE(crawler::ProbeTorSide(settings_.tor.socks));
  EXPECT_FALSE(crawler::ProbeTorSide(folder_ + "/nothing"));
}

}  // namespace
}  // namespace nightjar::leak
