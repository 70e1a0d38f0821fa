// SPDX-License-Identifier: Apache-2.0
#include "sandbox/values/clock_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sandbox/values/numbers.h"

namespace nightjar::values {
namespace {

constexpr std::array<std::string_view, 9> kAtWords = {"at",   "um",       "à", "om", "a las",
                                                      "alle", "alle ore", "в", "le"};

// Past what may stand between a day and its time.
std::size_t SkipToTime(std::string_view text, std::size_t at) {
  if (text.substr(at, 1) == "T" && IsDigitAt(text, at + 1)) return at + 1;
  at = SkipBlanks(text, at);
  if (at < text.size() &&
      (text[at] == ',' || text[at] == '-' || text[at] == '@' || text[at] == '|' || text[at] == '(')) {
    at = SkipBlanks(text, at + 1);
  }
  for (const std::string_view word : kAtWords) {
    if (text.substr(at).starts_with(word) && BlankAt(text, at + word.size()) != 0) {
      return SkipBlanks(text, at + word.size());
    }
  }
  return at;
}

std::optional<Number> TwoDigits(std::string_view text, std::size_t at) {
  const auto number = NumberAt(text, at, 2);
  return number && number->width == 2 && number->value < 60 ? number : std::nullopt;
}

// "am", "PM", "a.m.", "p.m." from `at` on; its length, 0 for none.
std::size_t HalfOfDay(std::string_view text, std::size_t at) {
  for (const std::string_view half : {"a.m.", "p.m.", "am", "pm"}) {
    if (parse::StartsWithNoCase(text.substr(std::min(at, text.size())), half) &&
        !IsWordAt(text, at + half.size())) {
      return half.size();
    }
  }
  return 0;
}

// 0..23, or -1 where the hour does not exist. Takes the half of the day that follows, if any.
int HourOfDay(std::string_view text, int hour, std::size_t& end) {
  const std::size_t at = SkipBlanks(text, end);
  const std::size_t half = HalfOfDay(text, at);
  if (half == 0) return hour < 24 ? hour : -1;
  if (hour < 1 || hour > 12) return -1;
  end = at + half;
  return hour % 12 + (parse::LowerOf(text[at]) == 'p' ? 12 : 0);
}

// "Z", "+02:00", "" for none; moves past it.
std::string Zone(std::string_view text, std::size_t& end) {
  const std::size_t at = SkipBlanks(text, end);
  const std::string_view rest = text.substr(at, 3);
  const std::size_t zulu = rest == "UTC" || rest == "GMT" ? 3 : (rest.starts_with('Z') && at == end ? 1 : 0);
  if (zulu != 0 && !IsWordAt(text, at + zulu)) {
    end = at + zulu;
    if (!text.substr(end, 1).starts_with('+') && !text.substr(end, 1).starts_with('-')) return "Z";
  }
  if (end >= text.size() || (text[end] != '+' && text[end] != '-')) return {};
  const auto hours = TwoDigits(text, end + 1);
  if (!hours || hours->value > 14) return {};
  const std::size_t colon = text.substr(hours->end, 1) == ":" ? 1 : 0;
  const auto minutes = TwoDigits(text, hours->end + colon);
  if (!minutes) return {};
  std::string zone(text.substr(end, 3));
  zone.append(":").append(text.substr(minutes->end - 2, 2));
  end = minutes->end;
  return zone;
}

}  // namespace

std::optional<ClockTime> ClockTimeAt(std::string_view text, std::size_t at) {
  const auto hour = NumberAt(text, SkipToTime(text, at), 2);
  if (!hour || hour->end >= text.size() || (text[hour->end] != ':' && text[hour->end] != 'h'))
    return std::nullopt;
  const auto minute = TwoDigits(text, hour->end + 1);
  if (!minute) return std::nullopt;
  ClockTime time{.iso = {}, .precision = "minute", .end = minute->end};
  std::string seconds;
  if (text.substr(time.end, 1) == ":") {
    const auto second = TwoDigits(text, time.end + 1);
    if (!second) return std::nullopt;
    seconds = fmt::format(":{:02}", second->value);
    time.precision = "second";
    time.end = second->end;
    if (text.substr(time.end, 1) == "." && IsDigitAt(text, time.end + 1)) {
      for (++time.end; IsDigitAt(text, time.end);) ++time.end;
    }
  }
  const int of_day = HourOfDay(text, hour->value, time.end);
  if (of_day < 0) return std::nullopt;
  time.iso = fmt::format("{:02}:{:02}{}", of_day, minute->value, seconds);
  time.iso += Zone(text, time.end);
  return time;
}

}  // namespace nightjar::values
