// SPDX-License-Identifier: Apache-2.0
#include "crawler/tor_control/managed_tor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/file.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar::tor_control {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Torrc, TakesOnionTrafficOnlyAndIsolatesByCredentials) {
  const std::string torrc = MakeTorrc("/data/tor/0", "/etc/more", 17);
  EXPECT_THAT(torrc, HasSubstr("SocksPort unix:\"/data/tor/0/socks/socks\" OnionTrafficOnly IsolateSOCKSAuth "
                               "ExtendedErrors\n"));
  EXPECT_THAT(torrc, HasSubstr("SafeSocks 1\n"));
  EXPECT_THAT(torrc, HasSubstr("CookieAuthentication 1\n"));
  EXPECT_THAT(torrc, HasSubstr("__OwningControllerProcess 17\n"));
  EXPECT_THAT(torrc, HasSubstr("%include \"/etc/more\"\n"));
  EXPECT_THAT(torrc, Not(HasSubstr("PreferSOCKSNoAuth"))) << "it would void the isolation";
  EXPECT_THAT(MakeTorrc("/data/tor/0", "", 17), Not(HasSubstr("%include")));
}

TEST(ManagedTor, KeepsTheControlSocketAwayFromTheFolderThatTheFetcherSees) {
  const TorPaths paths = PathsOfManagedTor("/data/tor/0");
  EXPECT_EQ(paths.socks, "/data/tor/0/socks/socks");
  EXPECT_EQ(paths.control, "/data/tor/0/control/control");
}

TEST(ManagedTor, RefusesAFolderTooDeepForSockets) {
  const ManualClock clock;
  const auto tor = ManagedTor::Start(
      {.program = "/bin/false", .folder = "/" + std::string(100, 'x'), .include = "", .clock = &clock});
  EXPECT_EQ(tor.error().code, Code::kInvalidInput);
}

TEST(ManagedTor, StartsAgainAfterGrowingWaits) {
  const TemporaryFolder scratch;
  ManualClock clock;
  // Notes each start in its standard output, which is the log that Launch() opens anew: so in a file of its
  // own.
  const std::string program = scratch / "tor";
  ASSERT_TRUE(WriteFileDurably(program, "#!/bin/sh\necho start >> " + (scratch / "starts") + "\n", 0700));
  auto tor = ManagedTor::Start({.program = program, .folder = scratch / "0", .include = "", .clock = &clock});
  ASSERT_TRUE(tor) << tor.error().Format();
  const auto starts = [&] { return ReadFile(scratch / "starts").value_or("").size() / 6; };
  const auto wait_for_end = [&](std::size_t expected) {
    const MonoTime deadline = SystemClock().Mono() + std::chrono::seconds(20);
    while (starts() < expected && SystemClock().Mono() < deadline) {
      tor->Step();
      ::usleep(1000);
    }
    return starts();
  };
  EXPECT_EQ(wait_for_end(1), 1U);
  for (int i = 0; i < 200; ++i) {
    tor->Step();
    ::usleep(1000);
  }
  EXPECT_EQ(starts(), 1U) << "the clock stands still";
  clock.Advance(std::chrono::seconds(1));
  EXPECT_EQ(wait_for_end(2), 2U);
  struct stat state {};
  ASSERT_EQ(::stat((scratch / "0/control").c_str(), &state), 0);
  EXPECT_EQ(state.st_mode & 0777U, 0700U);
}

}  // namespace
}  // namespace nightjar::tor_control
