// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"

#include <fmt/format.h>
#include <time.h>

#include <cstdio>

#include "base/file.h"

namespace nightjar {
namespace {

Micros Read(clockid_t id) {
  timespec now{};
  ::clock_gettime(id, &now);
  return std::chrono::seconds(now.tv_sec) +
         std::chrono::duration_cast<Micros>(std::chrono::nanoseconds(now.tv_nsec));
}

class MachineClock final : public Clock {
 public:
  [[nodiscard]] UtcTime Utc() const override { return UtcTime(Read(CLOCK_REALTIME)); }
  [[nodiscard]] MonoTime Mono() const override { return MonoTime(Read(CLOCK_BOOTTIME)); }
};

}  // namespace

const Clock& SystemClock() {
  static const MachineClock kClock;
  return kClock;
}

std::string FormatUtc(UtcTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", int(date.year()), unsigned(date.month()),
                     unsigned(date.day()), clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count(), clock.subseconds().count());
}

Result<UtcTime> ParseUtc(std::string_view text) {
  const std::string copy(text.substr(0, 40));
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int fraction = 0;
  const int fields = std::sscanf(copy.c_str(), "%4d-%2u-%2uT%2d:%2d:%2d.%6dZ", &year, &month, &day, &hour,
                                 &minute, &second, &fraction);
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                         std::chrono::day{day}};
  if (fields >= 6 && year >= 0 && date.ok()) {
    const UtcTime time = UtcTime{std::chrono::sys_days(date)} + std::chrono::hours(hour) +
                         std::chrono::minutes(minute) + std::chrono::seconds(second) + Micros(fraction);
    const std::string full = FormatUtc(time);
    // Printing it again must give the same text: that refuses every other spelling and out-of-range field.
    if (full == text || (fields == 6 && full.substr(0, 19) + "Z" == text)) return time;
  }
  return Fail(Code::kInvalidInput, "is not a UTC time like 2026-01-31T23:59:59Z", copy);
}

const std::string& BootId() {
  static const std::string kId = [] {
    auto text = ReadFile("/proc/sys/kernel/random/boot_id", 128);
    if (!text || text->empty()) return std::string("-");
    while (!text->empty() && text->back() == '\n') text->pop_back();
    return *text;
  }();
  return kId;
}

}  // namespace nightjar
