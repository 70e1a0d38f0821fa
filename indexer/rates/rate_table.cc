// SPDX-License-Identifier: Apache-2.0
#include "indexer/rates/rate_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace nightjar::rates {
namespace {

using std::chrono::sys_days;

constexpr std::size_t kLongestCode = 8;  // bytes

std::string Upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return upper;
}

std::optional<int> Digits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return {};
  return value;
}

std::optional<sys_days> ReadDay(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  const auto year = Digits(text.substr(0, 4));
  const auto month = Digits(text.substr(5, 2));
  const auto day = Digits(text.substr(8, 2));
  if (!year || !month || !day) return {};
  const auto date = std::chrono::year(*year) / *month / *day;
  if (!date.ok()) return {};
  return sys_days(date);
}

std::optional<double> ReadWorth(std::string_view text) {
  double value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value) || value <= 0)
    return {};
  return value;
}

bool IsCode(std::string_view text) {
  return !text.empty() && text.size() <= kLongestCode &&
         std::ranges::all_of(text, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
}

std::string DayName(sys_days day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

}  // namespace

Result<RateTable> RateTable::Parse(std::string_view csv, const std::string& file) {
  if (csv.size() > kMaxRatesBytes) return Fail(Code::kFull, "the file of rates is too large", file);
  RateTable table;
  int number = 0;
  while (!csv.empty()) {
    ++number;
    const std::size_t end = std::min(csv.find('\n'), csv.size());
    std::string_view line = csv.substr(0, end);
    csv.remove_prefix(std::min(end + 1, csv.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#') || line == "date,currency,usd") continue;
    if (auto taken = table.Take(line); !taken) {
      return Fail(taken.error().code, taken.error().text, fmt::format("{}:{}", file, number));
    }
  }
  return table;
}

Status RateTable::Take(std::string_view line) {
  const std::size_t first = line.find(',');
  const std::size_t second = first == std::string_view::npos ? first : line.find(',', first + 1);
  if (second == std::string_view::npos) {
    return Fail(Code::kInvalidInput, "a rate is date,currency,usd; write for example 2026-11-20,EUR,1.08");
  }
  const std::string_view date = line.substr(0, first);
  const std::string_view code = line.substr(first + 1, second - first - 1);
  const auto worth = ReadWorth(line.substr(second + 1));
  if (!IsCode(code)) return Fail(Code::kInvalidInput, "a currency is a code of letters, for example EUR");
  if (!worth) return Fail(Code::kInvalidInput, "a rate is a number above 0, for example 1.08");
  if (date.empty()) {
    if (undated_.emplace(Upper(code), *worth).second) return {};
    return Fail(Code::kInvalidInput, "this currency has a rate without a date already; take one away");
  }
  const auto day = ReadDay(date);
  if (!day) return Fail(Code::kInvalidInput, "a date is written 2026-11-20, or left empty");
  if (dated_[Upper(code)].emplace(*day, *worth).second) return {};
  return Fail(Code::kInvalidInput, "this currency has a rate of this day already; take one away");
}

std::optional<DailyRate> RateTable::On(std::string_view currency, sys_days day) const {
  const std::string code = Upper(currency);
  if (code == "USD") return DailyRate{.usd = 1};
  if (const auto dated = dated_.find(code); dated != dated_.end()) {
    const auto after = dated->second.upper_bound(day);
    if (after != dated->second.begin())
      return DailyRate{.usd = std::prev(after)->second, .day = DayName(std::prev(after)->first)};
  }
  const auto undated = undated_.find(code);
  if (undated == undated_.end()) return {};
  return DailyRate{.usd = undated->second};
}

}  // namespace nightjar::rates
