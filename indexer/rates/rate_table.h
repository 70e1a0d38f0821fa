// SPDX-License-Identifier: Apache-2.0
// What money was worth in US dollars, from a file that the user keeps: nothing is ever asked of the network.
//
// CSV, a line each: "date,currency,usd", for example "2026-11-20,BTC,91250.00". Without a date ("",
// ",EUR,1.08") a rate holds where no dated one does. A first line "date,currency,usd", empty lines and lines
// that begin with '#' are passed over. A day without a rate has that of the newest day before it.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace nightjar::rates {

inline constexpr std::size_t kMaxRatesBytes = 64 << 20;  // some thirty years of a hundred currencies, thrice

struct DailyRate {
  double usd = 0;     // for one of the currency; above 0
  std::string day{};  // "2026-11-20" of the line it stands on, or empty
};

// A value; any number of threads may read it.
class RateTable final {
 public:
  // kInvalidInput with "FILE:LINE" for a line that is no rate, and for a second rate of one day and currency.
  [[nodiscard]] static Result<RateTable> Parse(std::string_view csv, const std::string& file);

  // The rate of a currency (any letter case) on a day, or nothing. USD is 1 on every day.
  [[nodiscard]] std::optional<DailyRate> On(std::string_view currency, std::chrono::sys_days day) const;

 private:
  Status Take(std::string_view line);

  std::map<std::string, std::map<std::chrono::sys_days, double>, std::less<>> dated_;
  std::map<std::string, double, std::less<>> undated_;
};

}  // namespace nightjar::rates
