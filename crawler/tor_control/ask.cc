// SPDX-License-Identifier: Apache-2.0
#include "crawler/tor_control/ask.h"

#include <poll.h>

namespace nightjar::tor_control {

Health AskHealth(const std::string& control_socket, std::chrono::milliseconds patience) {
  const Clock& clock = SystemClock();
  const MonoTime deadline = clock.Mono() + Micros(patience);
  TorWatch watch({.control_socket = control_socket, .clock = &clock, .random = &SystemRandom()});
  while (true) {
    watch.Step();
    if (watch.health().watched || !watch.health().trouble.empty()) return watch.health();
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock.Mono());
    if (left.count() <= 0) break;
    pollfd waiting{watch.fd(), POLLIN, 0};
    ::poll(&waiting, 1, static_cast<int>(left.count()));
  }
  Health silent;
  silent.trouble = "Tor does not answer on its control socket " + control_socket;
  return silent;
}

}  // namespace nightjar::tor_control
