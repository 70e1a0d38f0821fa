// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/window.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/decimal.h"
#include "base/url_bytes.h"

namespace nightjar::jobs {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::sys_days;

constexpr std::string_view kNames = "sunmontuewedthufrisat";
constexpr unsigned kDayMinutes = 24 * 60;
constexpr std::uint8_t kEveryDay = 0x7F;

tl::unexpected<Error> BadWindow() {
  return Fail(Code::kInvalidInput, "a time window is \"22:00-06:00\" or \"mon-fri,sun 08:00-24:00\", in UTC");
}

std::optional<unsigned> ReadDay(std::string_view name) {
  for (unsigned day = 0; day < 7; ++day)
    if (kNames.substr(std::size_t{3} * day, 3) == name) return day;
  return std::nullopt;
}

// "mon-fri,sun" as bits; 0 when it is no list of days. A range may run over the end of the week.
std::uint8_t ReadDays(std::string_view text) {
  unsigned bits = 0;
  while (true) {
    const std::size_t comma = text.find(',');
    const std::string_view part = text.substr(0, comma);
    const std::size_t dash = part.find('-');
    const auto first = ReadDay(part.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : ReadDay(part.substr(dash + 1));
    if (!first || !last) return 0;
    for (unsigned day = *first;; day = (day + 1) % 7) {
      bits |= 1U << day;
      if (day == *last) break;
    }
    if (comma == std::string_view::npos) return static_cast<std::uint8_t>(bits);
    text.remove_prefix(comma + 1);
  }
}

// "HH:MM", 00:00 to 24:00.
std::optional<std::uint16_t> ReadTime(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  unsigned digits[4] = {};
  for (std::size_t i = 0; i < 4; ++i) {
    const char c = text[i < 2 ? i : i + 1];
    if (!url::IsDigit(c)) return std::nullopt;
    digits[i] = static_cast<unsigned>(c - '0');
  }
  const unsigned minute = digits[2] * 10 + digits[3];
  const unsigned total = (digits[0] * 10 + digits[1]) * 60 + minute;
  if (minute > 59 || total > kDayMinutes) return std::nullopt;
  return static_cast<std::uint16_t>(total);
}

std::string FormatDays(std::uint8_t bits) {
  std::string text;
  for (unsigned day = 0; day < 7; ++day) {
    if ((bits >> day & 1U) == 0) continue;
    if (!text.empty()) text += ',';
    text += kNames.substr(std::size_t{3} * day, 3);
  }
  return text;
}

struct Stretch {
  UtcTime begin;
  UtcTime end;
};

// The stretch of a window that begins on `day`, if one does.
std::optional<Stretch> StretchOn(const Window& window, sys_days day) {
  if ((window.days >> std::chrono::weekday(day).c_encoding() & 1U) == 0) return std::nullopt;
  const unsigned length = window.end > window.begin ? 0 : kDayMinutes;
  return Stretch{day + minutes(window.begin), day + minutes(window.end + length)};
}

}  // namespace

Result<Window> ParseWindow(std::string_view text) {
  std::string lower(text.substr(0, 100));
  std::ranges::transform(lower, lower.begin(), url::ToLower);
  std::string_view rest = lower;
  Window window;
  if (const std::size_t blank = rest.find(' '); blank != std::string_view::npos) {
    window.days = ReadDays(rest.substr(0, blank));
    rest.remove_prefix(blank + 1);
  }
  const std::size_t dash = rest.find('-');
  if (window.days == 0 || dash == std::string_view::npos) return BadWindow();
  const auto begin = ReadTime(rest.substr(0, dash));
  const auto end = ReadTime(rest.substr(dash + 1));
  if (!begin || !end || *begin == kDayMinutes || *end == 0) return BadWindow();
  if (*begin == *end)
    return Fail(Code::kInvalidInput, "a time window is not empty; a whole day is 00:00-24:00");
  window.begin = *begin;
  window.end = *end;
  return window;
}

std::string FormatWindow(const Window& window) {
  const std::string times = fmt::format("{:02}:{:02}-{:02}:{:02}", window.begin / 60, window.begin % 60,
                                        window.end / 60, window.end % 60);
  return window.days == kEveryDay ? times : FormatDays(window.days) + " " + times;
}

bool AnyContains(std::span<const Window> windows, UtcTime time) {
  const auto today = std::chrono::floor<days>(time);
  return std::ranges::any_of(windows, [&](const Window& window) {
    for (const sys_days day : {today - days(1), today}) {
      const auto stretch = StretchOn(window, day);
      if (stretch && stretch->begin <= time && time < stretch->end) return true;
    }
    return false;
  });
}

std::optional<UtcTime> NextEdge(std::span<const Window> windows, UtcTime time) {
  const auto today = std::chrono::floor<days>(time);
  std::optional<UtcTime> next;
  for (const Window& window : windows) {
    for (int i = -1; i <= 7; ++i) {
      const auto stretch = StretchOn(window, today + days(i));
      if (!stretch) continue;
      for (const UtcTime edge : {stretch->begin, stretch->end})
        if (edge > time && (!next || edge < *next)) next = edge;
    }
  }
  return next;
}

}  // namespace nightjar::jobs
