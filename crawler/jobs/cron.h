// SPDX-License-Identifier: Apache-2.0
// Cron expressions: when a job is due, in UTC.
//
// Source: the five fields of POSIX crontab(1) (IEEE Std 1003.1-2017): minute 0-59, hour 0-23, day of month
// 1-31, month 1-12, day of week 0-6 with 0 Sunday; lists, ranges, '*'. From Vixie cron's crontab(5): steps
// ("*/15", "8-18/2"), names of three letters ("jan", "mon"), 7 as Sunday, and @yearly @annually @monthly
// @weekly @daily
// @midnight @hourly. @reboot is refused: a job does not depend on a machine's boot.
//
// The rule of days (both sources): where day of month and day of week are both restricted, a day that fits
// either one will do; else it must fit both. As in Vixie cron a field that begins with '*' is not restricted,
// so "*/2" is not either.
#pragma once

#include <bitset>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace nightjar::jobs {

// A value.
class Cron final {
 public:
  // kInvalidInput names the field that is wrong and what it may be.
  [[nodiscard]] static Result<Cron> Parse(std::string_view text);

  // The first moment later than `time` that fits, on a whole minute; nothing if no day of the next fifty
  // years does (30 February).
  [[nodiscard]] std::optional<UtcTime> NextAfter(UtcTime time) const;

 private:
  [[nodiscard]] bool Fits(std::chrono::sys_days day) const;

  std::bitset<60> minutes_;
  std::bitset<24> hours_;
  std::bitset<32> days_;  // of the month, from 1
  std::bitset<13> months_;
  std::bitset<7> weekdays_;  // 0 is Sunday
  bool either_day_ = false;  // both kinds of day are restricted
};

}  // namespace nightjar::jobs
