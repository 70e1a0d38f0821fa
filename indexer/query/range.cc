// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/range.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

#include "indexer/query/values.h"

namespace nightjar::query {
namespace {

// "a..b", "a..", "..b", "<=a", ">a", "a": the shape both kinds of range share.
struct Shape {
  std::string_view from = {};
  std::string_view to = {};
  bool from_excluded = false;
  bool to_excluded = false;
};

Shape ReadShape(std::string_view text) {
  if (const std::size_t dots = text.find(".."); dots != std::string_view::npos) {
    return {.from = text.substr(0, dots), .to = text.substr(dots + 2)};
  }
  if (text.starts_with("<=")) return {.from = {}, .to = text.substr(2)};
  if (text.starts_with(">=")) return {.from = text.substr(2), .to = {}};
  if (text.starts_with("<")) return {.from = {}, .to = text.substr(1), .to_excluded = true};
  if (text.starts_with(">")) return {.from = text.substr(1), .to = {}, .from_excluded = true};
  return {.from = text, .to = text};
}

struct Amount {
  double value = 0;
  std::string currency;
};

std::optional<Amount> ReadAmount(std::string_view text) {
  Amount amount;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), amount.value, std::chars_format::fixed);
  if (error != std::errc() || !std::isfinite(amount.value) || amount.value < 0) return std::nullopt;
  const std::string_view rest = text.substr(static_cast<std::size_t>(end - text.data()));
  constexpr std::size_t kLongestCurrency = 8;
  if (rest.size() > kLongestCurrency) return std::nullopt;
  for (const char c : rest) {
    const char lower = static_cast<char>(c | 0x20);
    if (lower < 'a' || lower > 'z') return std::nullopt;
    amount.currency.push_back(lower);
  }
  return amount;
}

struct Span {
  std::int64_t begin = 0;  // Unix seconds
  std::int64_t end = 0;
};

std::optional<int> ReadDigits(std::string_view text, std::size_t count) {
  int value = 0;
  if (text.size() != count || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
    return {};
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// "2026", "2026-01" or "2026-01-31": all of that year, month or day.
std::optional<Span> ReadDate(std::string_view text) {
  using std::chrono::sys_days;
  const auto seconds = [](sys_days day) {
    return std::chrono::duration_cast<std::chrono::seconds>(day.time_since_epoch()).count();
  };
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return {};
  const auto year_digits = ReadDigits(text.substr(0, 4), 4);
  if (!year_digits) return {};
  const std::chrono::year year(*year_digits);
  if (text.size() == 4)
    return Span{seconds(sys_days(year / 1 / 1)), seconds(sys_days((year + std::chrono::years(1)) / 1 / 1))};
  const auto month_digits = ReadDigits(text.substr(5, 2), 2);
  if (text[4] != '-' || !month_digits || *month_digits < 1 || *month_digits > 12) return {};
  const auto month = year / *month_digits;
  if (text.size() == 7)
    return Span{seconds(sys_days(month / 1)), seconds(sys_days((month + std::chrono::months(1)) / 1))};
  const auto day_digits = ReadDigits(text.substr(8, 2), 2);
  if (text[7] != '-' || !day_digits) return {};
  const auto date = month / *day_digits;
  if (!date.ok()) return {};
  return Span{seconds(sys_days(date)), seconds(sys_days(date) + std::chrono::days(1))};
}

// `field` and `examples` are what the sentence says.
Result<Bounds> ReadNumbers(std::string_view text, std::string_view field, std::string_view examples) {
  const auto bad = [&] {
    return Fail(Code::kInvalidInput, fmt::format("“{}” is not a {}; write {}", text, field, examples));
  };
  const Shape shape = ReadShape(text);
  Bounds bounds{.from_excluded = shape.from_excluded, .to_included = !shape.to_excluded};
  for (const auto& [part, bound] : {std::pair(shape.from, &bounds.from), std::pair(shape.to, &bounds.to)}) {
    if (part.empty()) continue;
    const auto amount = ReadAmount(part);
    if (!amount) return bad();
    *bound = amount->value;
    if (amount->currency.empty()) continue;
    if (!bounds.currency.empty() && bounds.currency != amount->currency) return bad();
    bounds.currency = amount->currency;
  }
  if (!bounds.from && !bounds.to) return bad();
  if (bounds.from && bounds.to && *bounds.from > *bounds.to) {
    return Fail(Code::kInvalidInput, "the range runs backwards; write the lower number first");
  }
  return bounds;
}

}  // namespace

Result<Bounds> ParseAmountRange(std::string_view text) {
  ASSIGN_OR_RETURN(Bounds bounds, ReadNumbers(text, "price", "price:10..50, price:<=50 or price:10..50usd"));
  if (!bounds.currency.empty()) {
    const std::string wrong = WrongCurrency(bounds.currency);
    if (!wrong.empty()) return Fail(Code::kInvalidInput, wrong);
  }
  return bounds;
}

Result<Bounds> ParseNumberRange(std::string_view text, std::string_view field) {
  const std::string examples = fmt::format("{0}:>=4.5, {0}:1.. or {0}:10..50", field);
  ASSIGN_OR_RETURN(Bounds bounds, ReadNumbers(text, field, examples));
  if (!bounds.currency.empty()) {
    return Fail(Code::kInvalidInput,
                fmt::format("{}: is a number without a unit; write {}", field, examples));
  }
  return bounds;
}

Result<Bounds> ParseDay(std::string_view text) {
  const auto span = text.size() == 10 ? ReadDate(text) : std::nullopt;
  if (!span) {
    return Fail(Code::kInvalidInput, fmt::format("“{}” is not a day; write asof:2026-01-31", text));
  }
  return Bounds{.from = static_cast<double>(span->begin), .to = static_cast<double>(span->end)};
}

Result<Bounds> ParseTimeRange(std::string_view text) {
  const Shape shape = ReadShape(text);
  Bounds bounds;
  const auto bad = [&] {
    return Fail(
        Code::kInvalidInput,
        fmt::format("“{}” is not a date; write seen:2026-01-31, seen:2026-01..2026-02 or seen:>=2026", text));
  };
  if (shape.from.empty() && shape.to.empty()) return bad();
  if (!shape.from.empty()) {
    const auto span = ReadDate(shape.from);
    if (!span) return bad();
    bounds.from = static_cast<double>(shape.from_excluded ? span->end : span->begin);
  }
  if (!shape.to.empty()) {
    const auto span = ReadDate(shape.to);
    if (!span) return bad();
    bounds.to = static_cast<double>(shape.to_excluded ? span->begin : span->end);
  }
  if (bounds.from && bounds.to && *bounds.from >= *bounds.to) {
    return Fail(Code::kInvalidInput, "the span runs backwards; write the earlier date first");
  }
  return bounds;
}

}  // namespace nightjar::query
