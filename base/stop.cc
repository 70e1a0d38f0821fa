// SPDX-License-Identifier: Apache-2.0
#include "base/stop.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

namespace nightjar {

StopSignal::StopSignal() : event_fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (event_fd_ < 0) std::abort();
  ::signal(SIGPIPE, SIG_IGN);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::thread([this, signals] {
    int signal = 0;
    ::sigwait(&signals, &signal);
    Request();
    ::sigwait(&signals, &signal);
    ::_exit(128 + signal);
  }).detach();
}

StopSignal& StopSignal::Install() {
  // Never destroyed: the waiting thread may outlive main.
  static auto* const kInstance = new StopSignal();
  return *kInstance;
}

void StopSignal::Request() {
  source_.request_stop();
  ::eventfd_write(event_fd_, 1);
}

bool StopSignal::WaitFor(std::chrono::milliseconds time) const {
  pollfd waiting{event_fd_, POLLIN, 0};
  ::poll(&waiting, 1, static_cast<int>(time.count()));
  return source_.stop_requested();
}

}  // namespace nightjar
