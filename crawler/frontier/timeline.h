// SPDX-License-Identifier: Apache-2.0
// Time as the frontier counts it: it never goes back, and within one boot of the machine it advances by real
// elapsed time alone. Wall clocks jump (NTP, a dead battery, a person); a due time written in wall time would
// then be reached a year early or late. So every time in the frontier's tables is a Moment of this line, and
// no wait ever needs to be checked for being negative or absurd.
//
// The line continues over restarts: in the same boot by CLOCK_BOOTTIME, after a reboot from the later of its
// last mark and the wall clock.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/clock.h"

namespace nightjar::frontier {

class Timeline;
using Moment = std::chrono::time_point<Timeline, Micros>;  // near UTC, but see above: for waits, not for show

// Where the line stood when; stored with every commit.
struct TimeMark {
  Moment at;
  MonoTime mono;
  std::string boot_id;
};

// Immutable after construction.
class Timeline final {
 public:
  Timeline(const Clock& clock, std::string boot_id, const std::optional<TimeMark>& last);

  [[nodiscard]] Moment Now() const { return start_ + (clock_->Mono() - start_mono_); }
  [[nodiscard]] TimeMark MarkNow() const;

 private:
  const Clock* clock_;
  std::string boot_id_;
  MonoTime start_mono_;
  Moment start_;
};

}  // namespace nightjar::frontier
