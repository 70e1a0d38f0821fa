// SPDX-License-Identifier: Apache-2.0
// The crawl role as a whole: from a job to an archive that holds each page once, whatever happens on the way.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <latch>

#include "crawler/frontier/frontier.h"
#include "crawler/frontier_rebuild.h"
#include "crawler/jobs/run_log.h"
#include "tests/leak/crawl_rig.h"
#include "tests/leak/fetcher_rig.h"

namespace nightjar::leak {
namespace {

using captures::Outcome;
using ::testing::HasSubstr;

// The fetchers that this process started and that live.
std::vector<pid_t> FindFetchers() {
  std::vector<pid_t> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/task")) {
    std::ifstream children(entry.path() / "children");
    for (pid_t pid = 0; children >> pid;) found.push_back(pid);
  }
  return found;
}

template <typename Condition>
bool WaitUntil(const Condition& condition) {
  const MonoTime deadline = SystemClock().Mono() + std::chrono::seconds(30);
  while (!condition()) {
    if (SystemClock().Mono() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

TEST_F(CrawlTest, FetchesEveryPageOfItsScopeOnceAndStoresWhatBecameOfIt) {
  site_.Put("/", Page({"/a", "/b?x=1", "/missing", "http://" + OnionHost('z') + "/", "http://example.org/"}));
  site_.Put("/a", Page({"/", "/b?x=1", "/moved"}));
  site_.Put("/b?x=1", Page({"/a#part"}));
  site_.Put("/moved", "HTTP/1.1 302 Found\r\nLocation: /target\r\nContent-Length: 0\r\n\r\n");
  site_.Put("/target", Page({}));
  AddJob();
  const Status crawled = Crawl();
  ASSERT_TRUE(crawled) << crawled.error().Format();

  const auto records = RecordsByPath();
  EXPECT_EQ(records.size(), 6U);
  for (const auto& [path, of_path] : records) EXPECT_EQ(of_path.size(), 1U) << path;
  EXPECT_EQ(records.at("/missing")[0].http_status, 404);
  EXPECT_EQ(records.at("/target")[0].depth, 3U);
  EXPECT_EQ(records.at("/target")[0].via, "http://" + host_ + "/moved");
  EXPECT_EQ(records.at("/")[0].via, "-");
  EXPECT_THAT(records.at("/")[0].route, HasSubstr("job-1/" + host_.substr(0, 16) + "/-/"));
  for (const Visit& visit : tor_->visits()) EXPECT_EQ(visit.host, host_);

  const auto archive = OpenArchive();
  EXPECT_EQ(archive->LatestCheckpoint()->checkpoint.size, *archive->Size())
      << "the last leaf is under a checkpoint";
  const auto status = crawler::ReadFrontierStatus(settings_);
  ASSERT_TRUE(status);
  EXPECT_EQ(status->done, 6U);
  EXPECT_EQ(status->waiting + status->leased + status->failed, 0U);
  EXPECT_EQ(status->facts_read, *archive->Size());
  ASSERT_EQ(status->hosts.size(), 1U);
  EXPECT_EQ(status->hosts[0].host, host_);
}

TEST_F(CrawlTest, TriesAFailingPageAgainAndKeepsEveryAttempt) {
  settings_.crawl.tries = 2;
  site_.Put("/", Page({"/broken"}));
  site_.Put("/broken", "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
  AddJob();
  ASSERT_TRUE(Crawl());
  EXPECT_EQ(RecordsByPath().at("/broken").size(), 2U);
  EXPECT_EQ(crawler::ReadFrontierStatus(settings_)->failed, 1U);
}

TEST_F(CrawlTest, KeepsTheDelayOfTheJobAsTheServiceSeesIt) {
  site_.Put("/", Page({"/1", "/2", "/3", "/4"}));
  AddJob([](jobs::Job& job) { job.delay = std::chrono::milliseconds(100); });
  ASSERT_TRUE(Crawl());
  const auto hits = site_.hits();
  ASSERT_EQ(hits.size(), 5U);
  for (std::size_t i = 1; i < hits.size(); ++i)
    EXPECT_GE(hits[i].at - hits[i - 1].at, std::chrono::milliseconds(100)) << i;
}

TEST_F(CrawlTest, StopsAtTheBudget) {
  site_.Put("/", Page({"/1", "/2", "/3", "/4"}));
  AddJob([](jobs::Job& job) { job.max_pages = 3; });
  ASSERT_TRUE(Crawl());
  EXPECT_EQ(site_.hits().size(), 3U);
}

std::string RobotsTxt(const std::string& text) {
  return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + std::to_string(text.size()) +
         "\r\n\r\n" + text;
}

TEST_F(CrawlTest, ObeysRobotsTxtWhereTheJobSaysSoAndRecordsWhatItSaid) {
  const std::string text = "User-agent: *\nDisallow: /private\n";
  site_.Put("/robots.txt", RobotsTxt(text));
  site_.Put("/", Page({"/private", "/open"}));
  site_.Put("/open", Page({}));
  AddJob([](jobs::Job& job) { job.robots = jobs::RobotsPolicy::kObey; });
  ASSERT_TRUE(Crawl());
  const auto records = RecordsByPath();
  EXPECT_EQ(records.size(), 4U);
  EXPECT_EQ(records.at("/robots.txt").at(0).robots, "itself");
  EXPECT_EQ(records.at("/robots.txt").size(), 1U);
  for (const std::string path : {"/", "/open"})
    EXPECT_EQ(records.at(path).at(0).robots, "allowed sha256=" + Sha256(text).Hex()) << path;
  const auto hits = site_.hits();
  EXPECT_EQ(hits.at(0).path, "/robots.txt") << "asked before anything else";
  EXPECT_EQ(std::ranges::count(hits, "/private", &TinySite::Hit::path), 0);
  EXPECT_EQ(crawler::ReadFrontierStatus(settings_)->excluded, 1U);
}

// What was left out is a leaf of the log, signed by a fetcher, like what was fetched.
TEST_F(CrawlTest, RecordsOnceWhatRobotsTxtForbids) {
  const std::string text = "User-agent: *\n\nDisallow: /private\n";
  site_.Put("/robots.txt", RobotsTxt(text));
  site_.Put("/", Page({"/private/1", "/open"}));
  site_.Put("/open", Page({"/private/1", "/private/2"}));
  AddJob([](jobs::Job& job) { job.robots = jobs::RobotsPolicy::kObey; });
  ASSERT_TRUE(Crawl());
  ASSERT_TRUE(Crawl()) << "and once more, which finds nothing to do";
  const auto records = RecordsByPath();
  for (const std::string path : {"/private/1", "/private/2"}) {
    ASSERT_TRUE(records.contains(path)) << path;
    ASSERT_EQ(records.at(path).size(), 1U) << path;
    const captures::Record& record = records.at(path).at(0);
    EXPECT_EQ(record.outcome, Outcome::kNotAttempted);
    EXPECT_EQ(record.robots, "disallowed sha256=" + Sha256(text).Hex());
    EXPECT_EQ(record.detail, "robots.txt forbids it: Disallow: /private");
    EXPECT_EQ(record.request_size + record.response_size, 0U);
    EXPECT_EQ(record.route, "-");
    EXPECT_FALSE(record.fetcher_key.empty());
  }
  EXPECT_EQ(crawler::ReadFrontierStatus(settings_)->excluded, 2U);
  EXPECT_EQ(crawler::ReadFrontierStatus(settings_)->failed, 0U);
}

// Where a crawl is killed between leaf and frontier, the URL waits again beside its record, as after this
// order.
TEST_F(CrawlTest, RecordsWhatIsForbiddenOnceMoreWhereItIsAskedForAgainAndNeverWithoutEnd) {
  site_.Put("/robots.txt", RobotsTxt("User-agent: *\nDisallow: /private\n"));
  site_.Put("/", Page({"/private"}));
  AddJob([](jobs::Job& job) { job.robots = jobs::RobotsPolicy::kObey; });
  ASSERT_TRUE(Crawl());
  {
    frontier::Options options;
    options.folder = settings_.FrontierFolder();
    const auto frontier = frontier::Frontier::Open(options).value();
    auto tick = frontier->Begin().value();
    ASSERT_TRUE(tick.AskAgain(JobId{"job-1"}, *Url::Parse("http://" + host_ + "/private")).value());
    ASSERT_TRUE(tick.Commit());
  }
  // Another run, for the first one is over.
  const auto jobs = jobs::JobStore::Open(settings_.ControlFolder()).value();
  ASSERT_TRUE(jobs->Update(JobId{"job-1"}, [](jobs::Job job) -> Result<jobs::Job> {
    job.seeded = SystemClock().Utc();
    return job;
  }));
  ASSERT_TRUE(Crawl());
  EXPECT_EQ(RecordsByPath().at("/private").size(), 2U);
  ASSERT_TRUE(Crawl());
  EXPECT_EQ(RecordsByPath().at("/private").size(), 2U);
  // From the archive alone it is known as left out, too.
  std::filesystem::remove_all(settings_.FrontierFolder());
  ASSERT_TRUE(crawler::RebuildFrontier(settings_, StopSignal::Install()));
  EXPECT_EQ(crawler::ReadFrontierStatus(settings_)->excluded, 1U);
  ASSERT_TRUE(Crawl());
  EXPECT_EQ(RecordsByPath().at("/private").size(), 2U);
}

TEST_F(CrawlTest, OnlyRecordsRobotsTxtWhereTheJobSaysSo) {
  const std::string text = "User-agent: *\nDisallow: /\n";
  site_.Put("/robots.txt", RobotsTxt(text));
  site_.Put("/", Page({}));
  AddJob([](jobs::Job& job) { job.robots = jobs::RobotsPolicy::kRecord; });
  ASSERT_TRUE(Crawl());
  EXPECT_EQ(RecordsByPath().at("/").at(0).robots, "disallowed sha256=" + Sha256(text).Hex());
}

TEST_F(CrawlTest, WritesDownTheRunOfAJobAndWhatRobotsTxtWasNotAsked) {
  site_.Put("/", Page({"/1"}));
  AddJob();
  ASSERT_TRUE(Crawl());
  EXPECT_EQ(RecordsByPath().at("/").at(0).robots, "ignored");
  EXPECT_FALSE(RecordsByPath().contains("/robots.txt"));
  const auto runs = (*jobs::RunLog::Open(settings_.ControlFolder()))->Of(JobId{"job-1"}, 9);
  ASSERT_TRUE(runs && runs->size() == 1);
  EXPECT_EQ(runs->at(0).end, jobs::Run::End::kComplete);
  EXPECT_EQ(runs->at(0).pages, 2U);
}

TEST_F(CrawlTest, SaysWhatToDoWithoutTor) {
  tor_.reset();
  const Status crawled = Crawl();
  EXPECT_EQ(crawled.error().code, Code::kUnavailable);
  EXPECT_THAT(crawled.error().Format(), HasSubstr("SocksPort unix:"));
}

TEST_F(CrawlTest, RefusesToRunTwice) {
  std::latch released(1);
  std::atomic<bool> asked = false;
  tor_->Serve([&](const Stream& stream) {
    (void)stream.ReadRequest();
    asked = true;
    released.wait();
    stream.Write(Page({}));
  });
  AddJob();
  std::thread first([&] { EXPECT_TRUE(Crawl()); });
  EXPECT_TRUE(WaitUntil([&] { return asked.load(); }));
  EXPECT_EQ(Crawl().error().code, Code::kUnavailable);
  released.count_down();
  first.join();
}

TEST_F(CrawlTest, FetchesAgainWhatADeadFetcherHadUnderWay) {
  std::atomic<int> asked = 0;
  tor_->Serve([&](const Stream& stream) {
    if (stream.ReadRequest().empty()) return;
    if (asked++ == 0) return stream.WaitForEnd();  // the first fetcher waits here when it is killed
    stream.Write(Page({}));
  });
  AddJob();
  std::thread crawl([&] { EXPECT_TRUE(Crawl()); });
  ASSERT_TRUE(WaitUntil([&] { return asked == 1; }));
  const auto fetchers = FindFetchers();
  ASSERT_EQ(fetchers.size(), 1U);
  ::kill(fetchers[0], SIGKILL);
  crawl.join();
  EXPECT_EQ(RecordsByPath().at("/").size(), 1U);
  EXPECT_EQ(crawler::ReadFrontierStatus(settings_)->done, 1U);
}

TEST_F(CrawlTest, WaitsForATorThatWentAwayAndLosesNoPageOverIt) {
  site_.Put("/", Page({"/1", "/2"}));
  tor_->Serve([&](const Stream& stream) {
    (void)stream.ReadRequest();
    stream.Write(Page({"/1", "/2"}));
    std::filesystem::remove(settings_.tor.socks);  // before the crawl can know of the links
  });
  AddJob();
  std::thread crawl([&] { EXPECT_TRUE(Crawl()); });
  ASSERT_TRUE(WaitUntil([&] {
    const auto archive = captures::Reader::Open({.folder = settings_.ArchiveFolder()});
    return archive && (*archive)->Size().value_or(0) >= 2;  // the first page, and a failure to reach Tor
  }));
  tor_.reset();
  tor_ = std::make_unique<TorStub>(settings_.tor.socks);
  tor_->Serve(site_.AsService());
  crawl.join();
  const auto records = RecordsByPath();
  for (const std::string path : {"/1", "/2"}) EXPECT_EQ(records.at(path).back().http_status, 404) << path;
  EXPECT_EQ(crawler::ReadFrontierStatus(settings_)->failed, 0U) << "Tor's absence costs no page a try";
}

TEST_F(CrawlTest, TakesUpWhereAnEarlierCrawlStopped) {
  site_.Put("/", Page({"/1", "/2", "/3"}));
  AddJob([](jobs::Job& job) { job.max_pages = 2; });
  ASSERT_TRUE(Crawl());
  site_.Put("/4", Page({}));
  AddJob([&](jobs::Job& job) {
    job.id.value = "job-2";
    job.seeds = {"http://" + host_ + "/4"};
  });
  ASSERT_TRUE(Crawl());
  const auto records = RecordsByPath();
  EXPECT_EQ(records.at("/").size(), 1U);
  EXPECT_EQ(records.at("/4").at(0).job.value, "job-2");
  EXPECT_EQ(records.size(), 3U);
}

TEST_F(CrawlTest, GoesOnAfterItsFrontierWasDeletedAndRebuiltAndFetchesNothingTwice) {
  site_.Put("/", Page({"/a", "/b"}));
  site_.Put("/a", Page({"/c"}));
  site_.Put("/b", Page({}));
  site_.Put("/c", Page({"/d"}));
  AddJob([](jobs::Job& job) { job.max_pages = 3; });
  ASSERT_TRUE(Crawl());
  EXPECT_EQ(site_.hits().size(), 3U) << "the budget";
  std::filesystem::remove_all(settings_.FrontierFolder());
  const auto rebuilt = crawler::RebuildFrontier(settings_, StopSignal::Install());
  ASSERT_TRUE(rebuilt) << rebuilt.error().Format();
  EXPECT_EQ(rebuilt->captures, 3U);
  ASSERT_TRUE(Crawl());
  EXPECT_EQ(site_.hits().size(), 3U) << "the budget is spent still, and nothing is fetched again";
  const auto status = crawler::ReadFrontierStatus(settings_);
  EXPECT_EQ(status->done, 3U);
  EXPECT_EQ(status->waiting, 1U) << "/c is known from the facts";
}

// Last in its file: the stop signal is the process's own and cannot be taken back.
TEST_F(CrawlTest, StopsWithinItsPatienceAndLeavesTheRestForLater) {
  std::atomic<int> asked = 0;
  tor_->Serve([&](const Stream& stream) {
    ++asked;
    stream.WaitForEnd();
  });
  AddJob([&](jobs::Job& job) { job.seeds.push_back("http://" + host_ + "/more"); });
  std::thread crawl([&] { EXPECT_TRUE(Crawl()); });
  ASSERT_TRUE(WaitUntil([&] { return asked == 1; }));
  StopSignal::Install().Request();
  crawl.join();
  const auto status = crawler::ReadFrontierStatus(settings_);
  EXPECT_EQ(status->waiting, 1U);
  EXPECT_EQ(status->leased, 1U) << "the next crawl takes it back";
}

}  // namespace
}  // namespace nightjar::leak
