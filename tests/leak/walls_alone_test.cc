// SPDX-License-Identifier: Apache-2.0
// Each of the five walls with the other four taken off: what it is there to stop, it stops alone. With all of
// them off every one of these attempts is seen to get out, so a silent capture means something.
#include <gmock/gmock.h>

#include <filesystem>

#include "base/child.h"
#include "crawler/tor_side.h"
#include "tests/leak/leak_rig.h"
#include "tests/leak/open_walls.h"

namespace nightjar::leak {
namespace {

using captures::Outcome;

class WallsAlone : public LeakTest {
 protected:
  // The test's fetcher with this wall alone, or none.
  void StartWith(std::string_view wall) {
    fetcher_.reset();
    program_ = folder_ + "/fetcher-only-" + std::string(wall);
    std::filesystem::create_symlink(std::string(NIGHTJAR_BIN) + "/leak-open-fetcher", program_);
    limits_.connect = limits_.total = std::chrono::seconds(3);
    Start();
  }
  // What gets out when this one URL is asked for.
  [[nodiscard]] OuterWorld::Leaks Ask(const std::string& url, captures::Record* record = nullptr) {
    const captures::Record said = RecordOf(Fetch(url));
    EXPECT_FALSE(said.fetch_id.empty()) << "every attempt leaves its record";
    if (record != nullptr) *record = said;
    return OuterWorld::Get().Take();
  }

  const std::string by_address_ = "http://" + std::string(kDecoyAddress) + "/";
  const std::string by_address6_ = "http://[" + std::string(kDecoyAddress6) + "]/";
  const std::string by_name_ = "http://" + std::string(kDecoyName) + "/";
  const std::string by_onion_name_ = "http://" + OnionHost() + "/";
  const std::string loopback_ = "http://127.0.0.1/";
  const std::vector<std::string> all_ = {by_address_, by_address6_, by_name_, by_onion_name_, loopback_};
};

TEST_F(WallsAlone, WithoutAnyWallEverythingGetsOut) {
  StartWith("");
  int daemon_connects = 0;
  for (const auto& url : all_) {
    const OuterWorld::Leaks leaks = Ask(url);
    EXPECT_GE(leaks.packets.size(), 1U) << url;
    daemon_connects += leaks.decoys.daemon_connects;
  }
  EXPECT_GE(daemon_connects, 1) << "glibc asks the name daemon before any name server";
  captures::Record record;
  EXPECT_EQ(Ask(by_address_, &record).decoys.connects, 1);
  EXPECT_EQ(record.outcome, Outcome::kOk) << "the decoy even answers";
  EXPECT_EQ(Ask(by_address6_).decoys.connects, 1);
  const OuterWorld::Leaks named = Ask("http://another." + std::string(kDecoyName) + "/");
  EXPECT_GE(named.decoys.dns_queries, 1) << named.Format();
  EXPECT_GE(named.decoys.connects, 1) << named.Format();
}

TEST_F(WallsAlone, TheGateStopsEveryAddressThatIsNoOnion) {
  StartWith("code");
  for (const auto& url : all_) {
    captures::Record record;
    const OuterWorld::Leaks leaks = Ask(url, &record);
    EXPECT_TRUE(leaks.none()) << url << ": " << leaks.Format();
    EXPECT_EQ(record.outcome == Outcome::kNotAttempted, url != by_onion_name_) << url;
  }
  EXPECT_EQ(tor_->visits().size(), 1U) << "the onion went to Tor";
  EXPECT_TRUE(tor_->clearnet_visits().empty());
}

TEST_F(WallsAlone, TheSystemCallFilterStopsEverySocketThatHasAnAddress) {
  StartWith("syscalls");
  for (const auto& url : all_) {
    const OuterWorld::Leaks leaks = Ask(url);
    EXPECT_TRUE(leaks.packets.empty()) << url << ": " << leaks.Format();
    EXPECT_EQ(leaks.decoys.connects + leaks.decoys.dns_queries, 0) << url;
  }
}

TEST_F(WallsAlone, TheNetworkNamespaceStopsEveryPacket) {
  StartWith("network");
  for (const auto& url : all_) {
    const OuterWorld::Leaks leaks = Ask(url);
    EXPECT_TRUE(leaks.packets.empty()) << url << ": " << leaks.Format();
    EXPECT_EQ(leaks.decoys.connects + leaks.decoys.dns_queries, 0) << url;
  }
}

// A path is not an address: packets are not this wall's to stop, and a name that nobody resolves has none.
TEST_F(WallsAlone, TheMountNamespaceStopsEverythingThatIsReachedByAPath) {
  StartWith("mounts");
  for (const auto& url : {by_name_, by_onion_name_}) {
    const OuterWorld::Leaks leaks = Ask(url);
    EXPECT_EQ(leaks.decoys.daemon_connects, 0) << "the name daemon was asked: " << leaks.Format();
    EXPECT_EQ(leaks.decoys.dns_queries, 0) << "the machine's name server was known: " << leaks.Format();
    EXPECT_EQ(leaks.decoys.connects, 0) << leaks.Format();
  }
}

// A real Tor, without any network of its own, with and without the flags that are this wall.
class TorAlone : public WallsAlone {
 protected:
  // Starts tor with this SocksPort in a network namespace without interfaces; false where there is none.
  bool StartTor(const std::string& flags) {
    if (::access("/usr/bin/unshare", X_OK) != 0 || ::access("/usr/sbin/tor", X_OK) != 0) return false;
    socket_ = folder_ + "/tor/socks";
    std::filesystem::create_directories(folder_ + "/tor");
    std::filesystem::permissions(folder_ + "/tor", std::filesystem::perms::owner_all);
    auto child =
        Child::Start({.program = "/usr/bin/unshare",
                      .arguments = {"-n", "/usr/sbin/tor", "--ignore-missing-torrc", "-f", folder_ + "/none",
                                    "--DataDirectory", folder_ + "/tordata", "--Log", "err stderr",
                                    "--SocksPort", "unix:" + socket_ + " " + flags},
                      .descriptors = {}});
    if (!child) return false;
    real_tor_ = std::make_unique<Child>(std::move(*child));
    const MonoTime deadline = SystemClock().Mono() + std::chrono::seconds(60);
    while (!std::filesystem::exists(socket_) && SystemClock().Mono() < deadline)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return std::filesystem::exists(socket_);
  }
  void TearDown() override {
    real_tor_.reset();
    LeakTest::TearDown();
  }
  [[nodiscard]] handover::Hello HelloToTor() const {
    handover::Hello hello = MakeHello();
    hello.tor_socket = socket_;
    return hello;
  }
  void StartFetcher() {
    program_ = folder_ + "/fetcher-only-tor";
    std::filesystem::create_symlink(std::string(NIGHTJAR_BIN) + "/leak-open-fetcher", program_);
    limits_.connect = limits_.total = std::chrono::seconds(3);
    auto started = crawler::FetcherProcess::Start(program_, HelloToTor());
    ASSERT_TRUE(started) << started.error().Format();
    fetcher_ = std::make_unique<crawler::FetcherProcess>(std::move(*started));
  }

  std::string socket_;
  std::unique_ptr<Child> real_tor_;
};

TEST_F(TorAlone, RefusesEveryAddressThatIsNoOnion) {
  if (!StartTor("OnionTrafficOnly IsolateSOCKSAuth ExtendedErrors")) GTEST_SKIP() << "needs tor and unshare";
  EXPECT_EQ(crawler::ProbeTorSide(socket_).value(), crawler::TorSide::kOnionOnly);
  StartFetcher();
  for (const auto& url : {by_address_, by_address6_, by_name_, loopback_}) {
    captures::Record record;
    const OuterWorld::Leaks leaks = Ask(url, &record);
    EXPECT_EQ(record.socks_reply, 2) << url << ": " << record.detail;
    EXPECT_TRUE(leaks.none()) << url << ": " << leaks.Format();
  }
}

TEST_F(TorAlone, IsKnownToBeMissingWhereTheFlagIs) {
  if (!StartTor("ExtendedErrors")) GTEST_SKIP() << "needs tor and unshare";
  EXPECT_NE(crawler::ProbeTorSide(socket_, std::chrono::seconds(2)).value(), crawler::TorSide::kOnionOnly);
  EXPECT_EQ(crawler::CheckTorSide(socket_).error().code, Code::kRefused);
  StartFetcher();
  captures::Record record;
  (void)Ask(by_address_, &record);
  EXPECT_NE(record.socks_reply, 2) << "without the wall Tor would have gone there";
}

}  // namespace
}  // namespace nightjar::leak
