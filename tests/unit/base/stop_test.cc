// SPDX-License-Identifier: Apache-2.0
// Each test installs the signal in a process of its own: it lasts until that process ends.
#include "base/stop.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

namespace nightjar {
namespace {

using namespace std::chrono_literals;
constexpr auto kLong = 30s;  // a deadline no test waits for

constexpr int kStopped = 7;

bool Readable(int fd) {
  pollfd waiting{fd, POLLIN, 0};
  return ::poll(&waiting, 1, 0) == 1;
}

TEST(StopSignalDeathTest, TurnsTheFirstSignalIntoADescriptorAndAToken) {
  EXPECT_EXIT(
      {
        StopSignal& stop = StopSignal::Install();
        if (stop.WaitFor(0ms) || Readable(stop.fd())) ::_exit(1);
        ::kill(::getpid(), SIGTERM);
        const bool stopped = stop.WaitFor(kLong) && stop.token().stop_requested();
        ::_exit(stopped && Readable(stop.fd()) && Readable(stop.fd()) ? kStopped : 2);
      },
      testing::ExitedWithCode(kStopped), "");
}

TEST(StopSignalDeathTest, EndsTheProcessAtTheSecondSignal) {
  EXPECT_EXIT(
      {
        StopSignal& stop = StopSignal::Install();
        ::kill(::getpid(), SIGINT);
        stop.WaitFor(kLong);
        ::kill(::getpid(), SIGINT);
        for (;;) ::pause();
      },
      testing::ExitedWithCode(128 + SIGINT), "");
}

TEST(StopSignalDeathTest, CanBeAskedForFromInside) {
  EXPECT_EXIT(
      {
        StopSignal::Install().Request();
        ::_exit(StopSignal::Install().WaitFor(kLong) ? kStopped : 1);
      },
      testing::ExitedWithCode(kStopped), "");
}

}  // namespace
}  // namespace nightjar
