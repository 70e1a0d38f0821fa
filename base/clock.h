// SPDX-License-Identifier: Apache-2.0
// Time as a parameter: every part that reads a clock is given one, so tests and simulations move it by hand.
#pragma once

#include <atomic>
#include <chrono>
#include <string>

#include "base/result.h"

namespace nightjar {

using Micros = std::chrono::microseconds;
using UtcTime = std::chrono::time_point<std::chrono::system_clock, Micros>;   // wall time, UTC
using MonoTime = std::chrono::time_point<std::chrono::steady_clock, Micros>;  // since boot, never set back

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual UtcTime Utc() const = 0;
  [[nodiscard]] virtual MonoTime Mono() const = 0;  // CLOCK_BOOTTIME: also counts sleep
};

// The machine's clocks. Lives as long as the process.
[[nodiscard]] const Clock& SystemClock();

// A clock that stands still until moved; starts at the given time (default 2026-01-01T00:00:00Z).
class ManualClock final : public Clock {
 public:
  explicit ManualClock(UtcTime start = UtcTime(std::chrono::seconds(1767225600)))
      : utc_(start.time_since_epoch()) {}
  [[nodiscard]] UtcTime Utc() const override { return UtcTime(utc_.load()); }
  [[nodiscard]] MonoTime Mono() const override { return MonoTime(mono_.load()); }
  void Advance(Micros by) {
    utc_ = utc_.load() + by;
    mono_ = mono_.load() + by;
  }
  void SetUtc(UtcTime to) { utc_ = to.time_since_epoch(); }  // a clock jump: Mono() does not move

 private:
  std::atomic<Micros> utc_;
  std::atomic<Micros> mono_{Micros(0)};
};

[[nodiscard]] inline std::int64_t UnixMicros(UtcTime t) { return t.time_since_epoch().count(); }
[[nodiscard]] inline std::int64_t UnixSeconds(UtcTime t) {
  return std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count();
}
[[nodiscard]] inline UtcTime FromUnixMicros(std::int64_t us) { return UtcTime(Micros(us)); }

// RFC 3339 in UTC with six fraction digits, for example 2026-01-31T23:59:59.000001Z; and its strict inverse,
// which also takes no fraction at all.
[[nodiscard]] std::string FormatUtc(UtcTime time);
[[nodiscard]] Result<UtcTime> ParseUtc(std::string_view text);

// The kernel's id of this boot ("-" where it cannot be read): tells whether two monotonic times can be
// compared.
[[nodiscard]] const std::string& BootId();

}  // namespace nightjar
