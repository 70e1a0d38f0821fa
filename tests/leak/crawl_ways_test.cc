// SPDX-License-Identifier: Apache-2.0
// The crawl role and its ways out: nothing is fetched before Tor is ready, the hosts of a lost Tor are handed
// to another, several circuits are used at once, and what was seen of a host is kept.
#include <gmock/gmock.h>

#include <filesystem>
#include <set>

#include "crawler/availability/observer.h"
#include "crawler/ways_out.h"
#include "tests/leak/crawl_rig.h"
#include "tests/leak/fetcher_rig.h"
#include "tests/unit/crawler/tor_control/fake_tor.h"

namespace nightjar::leak {
namespace {

using availability::Cause;
using captures::Outcome;
using ::testing::HasSubstr;

template <typename Condition>
bool WaitUntil(const Condition& condition) {
  const MonoTime deadline = SystemClock().Mono() + std::chrono::seconds(60);
  while (!condition()) {
    if (SystemClock().Mono() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

class CrawlWaysTest : public CrawlTest {
 protected:
  std::vector<Cause> CausesSeen() {
    std::vector<Cause> causes;
    const auto timeline = availability::ReadTimeline(settings_.AvailabilityFolder(), host_);
    EXPECT_TRUE(timeline) << timeline.error().Format();
    if (timeline)
      for (const auto& span : timeline->spans) causes.push_back(span.cause);
    return causes;
  }
};

TEST_F(CrawlWaysTest, FetchesNothingBeforeTorIsReadyAndTellsTheFetcherOfCircuits) {
  std::filesystem::create_directories(folder_ + "/control");
  tor_control::FakeTor control(folder_ + "/control");
  control.health_ = tor_control::FakeTor::HealthAt(45, "loading_descriptors", false);
  settings_.tor.control = control.path_;
  // The second page is asked for when the first is in the archive, so what Tor said of the first is known.
  AddJob([&](jobs::Job& job) { job.seeds.push_back("http://" + host_ + "/second"); });
  std::thread crawl([&] { EXPECT_TRUE(Crawl()); });
  const auto asked_for_health = [&] {
    control.Serve();
    return std::ranges::count_if(control.commands_,
                                 [](const auto& c) { return c.starts_with("GETINFO status/"); });
  };
  EXPECT_TRUE(WaitUntil([&] { return asked_for_health() >= 3; }));
  EXPECT_TRUE(tor_->visits().empty()) << "Tor was not ready";

  // As Tor does: the circuit is told of before the service has answered.
  tor_->Serve([&](const Stream& stream) {
    (void)stream.ReadRequest();
    const std::string user = tor_->visits().back().user;
    control.Say(
        "650 CIRC 28 BUILT $316C51898874072CCABB9F6A9B0AB32F18D2FF17~a PURPOSE=HS_CLIENT_REND\r\n"
        "650 STREAM 4 SENTCONNECT 28 x:80 SOCKS_USERNAME=\"" +
        user + "\"\r\n");
    stream.Write(Page({}));
  });
  control.health_ = tor_control::FakeTor::HealthAt(100, "done", true);
  EXPECT_TRUE(WaitUntil([&] {
    (void)asked_for_health();
    const auto archive = captures::Reader::Open({.folder = settings_.ArchiveFolder()});
    return archive && (*archive)->Size().value_or(0) == 2;
  }));
  crawl.join();
  auto records = RecordsByPath();
  const bool root_first = records.at("/").at(0).started < records.at("/second").at(0).started;
  EXPECT_THAT(records.at(root_first ? "/second" : "/").at(0).circuit,
              HasSubstr("id=28 purpose=HS_CLIENT_REND"));
  EXPECT_EQ(CausesSeen(), std::vector{Cause::kAnswered});
}

TEST_F(CrawlWaysTest, HandsTheHostsOfALostTorToAnother) {
  std::filesystem::create_directories(folder_ + "/tor2");
  TorStub second(folder_ + "/tor2/socks");
  second.Serve(site_.AsService());
  const std::vector<std::string> sockets{tor_->path(), second.path()};
  settings_.tor.socks = sockets[0] + " " + sockets[1];
  site_.Put("/", Page({"/1", "/2"}));
  AddJob();
  const std::size_t first =
      crawler::RankWays({"Tor at " + sockets[0], "Tor at " + sockets[1]}, host_).front();
  (first == 0 ? *tor_ : second).Stop();
  ASSERT_TRUE(Crawl());
  EXPECT_EQ((first == 0 ? second : *tor_).visits().empty(), false);
  const auto status = crawler::ReadFrontierStatus(settings_);
  EXPECT_EQ(status->done, 3U);
  EXPECT_EQ(status->failed, 0U);
  EXPECT_EQ(CausesSeen().back(), Cause::kAnswered);
}

TEST_F(CrawlWaysTest, BeginsWithTheTorsThatAreThere) {
  settings_.tor.socks = folder_ + "/nowhere/socks " + tor_->path();
  site_.Put("/", Page({}));
  AddJob();
  ASSERT_TRUE(Crawl());
  EXPECT_EQ(tor_->visits().size(), 1U);
}

TEST_F(CrawlWaysTest, UsesAsManyCircuitsAtOnceAsItMay) {
  settings_.crawl.per_host = 4;
  settings_.crawl.circuits = 3;
  std::vector<std::string> links;
  for (int i = 0; i < 12; ++i) links.push_back("/" + std::to_string(i));
  site_.Put("/", Page(links));
  AddJob([](jobs::Job& job) { job.per_host = 4; });
  ASSERT_TRUE(Crawl());
  std::set<std::string> users;
  for (const auto& visit : tor_->visits()) users.insert(visit.user);
  EXPECT_EQ(users.size(), 3U);
}

TEST_F(CrawlWaysTest, LetsNoTwoRequestsToAHostWaitForTheirCircuitsTogether) {
  settings_.crawl.per_host = 4;
  settings_.crawl.circuits = 4;
  tor_->TakeTime(std::chrono::milliseconds(100));
  std::vector<std::string> links;
  for (int i = 0; i < 12; ++i) links.push_back("/" + std::to_string(i));
  site_.Put("/", Page(links));
  AddJob([](jobs::Job& job) {
    job.per_host = 4;
    job.delay = std::chrono::milliseconds(5);
  });
  ASSERT_TRUE(Crawl());
  std::set<std::string> users;
  for (const auto& visit : tor_->visits()) users.insert(visit.user);
  EXPECT_EQ(users.size(), 4U);
  EXPECT_EQ(tor_->most_waiting(), 1U) << "they would have reached the service at the same moment";
}

TEST_F(CrawlWaysTest, KeepsWhyAHostWasNotReached) {
  settings_.crawl.tries = 1;
  tor_->AnswerSocks(0xF0);
  AddJob();
  ASSERT_TRUE(Crawl());
  EXPECT_EQ(RecordsByPath().at("/").at(0).outcome, Outcome::kDescriptorMissing);
  EXPECT_EQ(CausesSeen(), std::vector{Cause::kDescriptor});
}

TEST_F(CrawlWaysTest, ReachesAnI2pHostThroughItsOwnProxyOnly) {
  const std::string i2p = std::string(52, 'a') + ".b32.i2p";
  std::filesystem::create_directories(folder_ + "/i2p");
  TorStub proxy(folder_ + "/i2p/proxy");
  std::atomic<int> asked = 0;
  proxy.ServeWithoutSocks([&](const Stream& stream) {
    if (!stream.ReadRequest().starts_with("GET http://" + i2p + "/")) return;
    ++asked;
    stream.Write(Page({}));
  });
  settings_.i2p.proxy = proxy.path();
  AddJob([&](jobs::Job& job) {
    job.seeds = {"http://" + i2p + "/"};
    job.hosts = {i2p};
  });
  ASSERT_TRUE(Crawl());
  EXPECT_EQ(asked, 1);
  EXPECT_TRUE(tor_->visits().empty());
  EXPECT_EQ(RecordsByPath().at("/").at(0).outcome, Outcome::kOk);
}

}  // namespace
}  // namespace nightjar::leak
