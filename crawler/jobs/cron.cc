// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/cron.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/decimal.h"
#include "base/url_bytes.h"

namespace nightjar::jobs {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr int kSearchDays = 50 * 366;
constexpr std::size_t kLongest = 512;

constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
constexpr std::string_view kWeekdays = "sunmontuewedthufrisat";

struct Field {
  std::string_view name;
  unsigned least;
  unsigned most;
  std::string_view names;  // three letters each, the first for `least`
  std::string_view form;   // for the error
};
constexpr std::array<Field, 5> kFields = {{
    {"minute", 0, 59, "", "0-59"},
    {"hour", 0, 23, "", "0-23"},
    {"day of month", 1, 31, "", "1-31"},
    {"month", 1, 12, kMonths, "1-12 or jan-dec"},
    {"day of week", 0, 7, kWeekdays, "0-7 or sun-sat (0 and 7 are Sunday)"},
}};

struct Nickname {
  std::string_view name;
  std::string_view meaning;
};
constexpr std::array<Nickname, 7> kNicknames = {{
    {"@yearly", "0 0 1 1 *"},
    {"@annually", "0 0 1 1 *"},
    {"@monthly", "0 0 1 * *"},
    {"@weekly", "0 0 * * 0"},
    {"@daily", "0 0 * * *"},
    {"@midnight", "0 0 * * *"},
    {"@hourly", "0 * * * *"},
}};

std::vector<std::string_view> Split(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find_first_of(separators);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::optional<unsigned> ReadValue(const Field& field, std::string_view text) {
  // Crontabs are often padded: "05" is five.
  if (text.size() == 2 && text.front() == '0') text.remove_prefix(1);
  if (const auto number = ParseDecimal(text, field.most); number && *number >= field.least)
    return static_cast<unsigned>(*number);
  if (text.size() != 3) return std::nullopt;
  for (std::size_t at = 0; at < field.names.size(); at += 3)
    if (field.names.substr(at, 3) == text) return field.least + static_cast<unsigned>(at / 3);
  return std::nullopt;
}

// One part of a list: "*", "7", "8-18", with or without "/step". Sets its bits; false when it is none.
bool TakePart(const Field& field, std::string_view part, std::bitset<64>& bits) {
  const auto pieces = Split(part, "/");
  if (pieces.size() > 2) return false;
  const auto bounds = Split(pieces[0], "-");
  std::optional<unsigned> first = field.least;
  std::optional<unsigned> last = field.most;
  if (pieces[0] != "*") {
    if (bounds.size() > 2 || (pieces.size() == 2 && bounds.size() == 1)) return false;
    first = ReadValue(field, bounds.front());
    last = ReadValue(field, bounds.back());
    // "fri-sun": as the end of a range Sunday is the seventh day.
    if (bounds.size() == 2 && bounds.back() == "sun" && last == 0U) last = 7;
  }
  std::optional<std::uint64_t> step = 1;
  if (pieces.size() == 2) step = ParseDecimal(pieces[1], field.most);
  if (!first || !last || !step || *step == 0 || *first > *last) return false;
  for (unsigned value = *first; value <= *last; value += static_cast<unsigned>(*step)) bits.set(value);
  return true;
}

Result<std::bitset<64>> ReadField(const Field& field, std::string_view text) {
  std::bitset<64> bits;
  for (const std::string_view part : Split(text, ",")) {
    if (TakePart(field, part, bits)) continue;
    return Fail(Code::kInvalidInput, "the " + std::string(field.name) + " of a cron expression is *, or " +
                                         std::string(field.form) +
                                         " with lists (1,3), ranges (1-5) and steps (*/2, 1-5/2)");
  }
  return bits;
}

}  // namespace

Result<Cron> Cron::Parse(std::string_view text) {
  if (text.size() > kLongest)
    return Fail(Code::kInvalidInput, "a cron expression is not longer than 512 bytes");
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), url::ToLower);
  for (const Nickname& nickname : kNicknames)
    if (lower == nickname.name) lower = nickname.meaning;
  std::vector<std::string_view> fields = Split(lower, " \t");
  std::erase(fields, std::string_view());
  if (fields.size() != kFields.size())
    return Fail(Code::kInvalidInput,
                "a cron expression is five fields (minute, hour, day of month, month, day of week), such as "
                "\"30 2 * * mon-fri\", or @hourly, @daily, @weekly, @monthly, @yearly");
  std::array<std::bitset<64>, 5> bits;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    ASSIGN_OR_RETURN(bits.at(i), ReadField(kFields.at(i), fields[i]));
  }
  if (bits[4].test(7)) bits[4].set(0).reset(7);
  Cron cron;
  cron.minutes_ = std::bitset<60>(bits[0].to_ullong());
  cron.hours_ = std::bitset<24>(bits[1].to_ullong());
  cron.days_ = std::bitset<32>(bits[2].to_ullong());
  cron.months_ = std::bitset<13>(bits[3].to_ullong());
  cron.weekdays_ = std::bitset<7>(bits[4].to_ullong());
  cron.either_day_ = !fields[2].starts_with('*') && !fields[4].starts_with('*');
  return cron;
}

bool Cron::Fits(sys_days day) const {
  const std::chrono::year_month_day date(day);
  if (!months_.test(static_cast<unsigned>(date.month()))) return false;
  const bool by_month = days_.test(static_cast<unsigned>(date.day()));
  const bool by_week = weekdays_.test(std::chrono::weekday(day).c_encoding());
  return either_day_ ? by_month || by_week : by_month && by_week;
}

std::optional<UtcTime> Cron::NextAfter(UtcTime time) const {
  const auto next = std::chrono::floor<std::chrono::minutes>(time) + std::chrono::minutes(1);
  const auto first_day = std::chrono::floor<days>(next);
  for (int i = 0; i < kSearchDays; ++i) {
    const sys_days day = first_day + days(i);
    if (!Fits(day)) continue;
    const auto begin = i == 0 ? static_cast<unsigned>((next - first_day) / std::chrono::minutes(1)) : 0U;
    for (unsigned minute = begin; minute < 24 * 60; ++minute)
      if (hours_.test(minute / 60) && minutes_.test(minute % 60)) return day + std::chrono::minutes(minute);
  }
  return std::nullopt;
}

}  // namespace nightjar::jobs
