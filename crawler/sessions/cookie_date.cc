// SPDX-License-Identifier: Apache-2.0
// RFC 6265 section 5.1.1, as an automaton over the tokens of the text.
#include <array>
#include <chrono>

#include "crawler/sessions/set_cookie.h"

namespace nightjar::sessions {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::size_t kLongestDate = 256;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The delimiter of the grammar: %x09 / %x20-2F / %x3B-40 / %x5B-60 / %x7B-7E. ':' is none.
bool IsDelimiter(char c) {
  return c == '\t' || (c >= ' ' && c <= '/') || (c >= ';' && c <= '@') || (c >= '[' && c <= '`') ||
         (c >= '{' && c <= '~');
}

// `least` to `most` digits at the front of `text`, not followed by another digit; takes them off.
std::optional<int> TakeNumber(std::string_view& text, std::size_t least, std::size_t most) {
  std::size_t digits = 0;
  int value = 0;
  for (; digits < text.size() && digits <= most && IsDigit(text[digits]); ++digits)
    value = value * 10 + (text[digits] - '0');
  if (digits < least || digits > most) return std::nullopt;
  text.remove_prefix(digits);
  return value;
}

struct Parts {
  std::optional<std::chrono::seconds> time;
  std::optional<int> day, month, year;

  void Take(std::string_view token) {
    if (!time && (time = TimeIn(token))) return;
    std::string_view rest = token;
    if (!day && (day = TakeNumber(rest, 1, 2))) return;
    if (!month && (month = MonthIn(token))) return;
    rest = token;
    if (!year) year = TakeNumber(rest, 2, 4);
  }

 private:
  static std::optional<std::chrono::seconds> TimeIn(std::string_view token) {
    std::array<int, 3> parts{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i > 0 && (token.empty() || token.front() != ':')) return std::nullopt;
      if (i > 0) token.remove_prefix(1);
      const auto number = TakeNumber(token, 1, 2);
      if (!number) return std::nullopt;
      parts.at(i) = *number;
    }
    // Out of range here means the whole date is none: a value that Valid() refuses.
    if (parts[0] > 23 || parts[1] > 59 || parts[2] > 59) return std::chrono::seconds(-1);
    return std::chrono::hours(parts[0]) + std::chrono::minutes(parts[1]) + std::chrono::seconds(parts[2]);
  }

  static std::optional<int> MonthIn(std::string_view token) {
    if (token.size() < 3) return std::nullopt;
    std::string head(token.substr(0, 3));
    for (char& c : head) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    for (std::size_t i = 0; i < kMonths.size(); ++i)
      if (kMonths.at(i) == head) return static_cast<int>(i) + 1;
    return std::nullopt;
  }
};

}  // namespace

std::optional<UtcTime> ParseCookieDate(std::string_view untrusted_text) {
  Parts parts;
  std::string_view text = untrusted_text.substr(0, kLongestDate);
  while (!text.empty()) {
    std::size_t size = 0;
    while (size < text.size() && !IsDelimiter(text[size])) ++size;
    if (size > 0) parts.Take(text.substr(0, size));
    text.remove_prefix(std::min(text.size(), size + 1));
  }
  if (!parts.time || !parts.day || !parts.month || !parts.year || parts.time->count() < 0)
    return std::nullopt;
  int year = *parts.year;
  if (year >= 70 && year <= 99) year += 1900;
  if (year >= 0 && year <= 69) year += 2000;
  const std::chrono::year_month_day date(std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(*parts.month)),
                                         std::chrono::day(static_cast<unsigned>(*parts.day)));
  if (year < 1601 || !date.ok()) return std::nullopt;
  return UtcTime(std::chrono::sys_days(date) + *parts.time);
}

}  // namespace nightjar::sessions
