// SPDX-License-Identifier: Apache-2.0
// One stop signal for a whole role: SIGINT and SIGTERM become a readable descriptor and a stop_token.
#pragma once

#include <chrono>
#include <stop_token>

#include "base/result.h"

namespace nightjar {

// Call once, first thing in main, before any thread starts: the signals are then blocked in every thread and
// a thread of our own waits for them. A second signal ends the process at once.
class StopSignal final {
 public:
  [[nodiscard]] static StopSignal& Install();

  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }
  [[nodiscard]] int fd() const { return event_fd_; }  // becomes readable, and stays so, when stopping
  void Request();                                     // as if a signal had come

  // Sleeps until `time` has passed or stopping began; true if stopping.
  bool WaitFor(std::chrono::milliseconds time) const;

 private:
  StopSignal();
  std::stop_source source_;
  int event_fd_;
};

}  // namespace nightjar
