// SPDX-License-Identifier: Apache-2.0
#include "crawler/tor_gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>
#include <filesystem>

#include "base/unique_fd.h"

namespace nightjar::crawler {
namespace {

using std::chrono::seconds;

class TorGateTest : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::remove(path_); }
  void TearDown() override { std::filesystem::remove(path_); }

  void Listen() {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path_.data(), path_.size());
    listener_ = UniqueFd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    ASSERT_EQ(::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(::listen(listener_.get(), 1), 0);
  }
  std::size_t Allowed(std::size_t wanted = 8, std::size_t under_way = 0) {
    return gate_.Allow(wanted, under_way, clock_.Mono());
  }

  const std::string path_ = ::testing::TempDir() + "tor-gate-" + std::to_string(::getpid());
  UniqueFd listener_;
  ManualClock clock_;
  TorGate gate_{path_};
};

TEST_F(TorGateTest, SaysWhatToDoWhenNobodyListens) {
  const auto missing = CheckTorSocket(path_);
  EXPECT_EQ(missing.error().code, Code::kUnavailable);
  EXPECT_THAT(missing.error().Format(), ::testing::HasSubstr("SocksPort unix:" + path_));
  Listen();
  EXPECT_TRUE(CheckTorSocket(path_));
  listener_.Reset();
  EXPECT_EQ(CheckTorSocket(path_).error().code, Code::kUnavailable) << "a dead Tor leaves its socket behind";
}

TEST_F(TorGateTest, LetsAllThroughUntilATaskFails) {
  EXPECT_EQ(Allowed(), 8U);
  gate_.Failed(clock_.Mono());
  EXPECT_EQ(Allowed(), 0U);
}

TEST_F(TorGateTest, LetsOneTaskTryWhenTorIsBackAndThenAll) {
  gate_.Failed(clock_.Mono());
  clock_.Advance(seconds(1));
  EXPECT_EQ(Allowed(), 0U) << "not back yet";
  Listen();
  clock_.Advance(seconds(1));
  EXPECT_EQ(Allowed(8, 3), 0U) << "tasks of before are still out";
  EXPECT_EQ(Allowed(), 1U);
  gate_.Passed();
  EXPECT_EQ(Allowed(), 8U);
}

TEST_F(TorGateTest, WaitsLongerEachTimeTheTrialFails) {
  Listen();
  gate_.Failed(clock_.Mono());
  for (const int wait : {1, 2, 4, 8, 16, 32, 60, 60}) {
    clock_.Advance(seconds(wait - 1));
    EXPECT_EQ(Allowed(), 0U) << wait;
    clock_.Advance(seconds(1));
    EXPECT_EQ(Allowed(), 1U) << wait;
    gate_.Failed(clock_.Mono());
  }
}

}  // namespace
}  // namespace nightjar::crawler
