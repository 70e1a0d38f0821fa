// SPDX-License-Identifier: Apache-2.0
// What a page's price is in US dollars, and who says so.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "indexer/rates/rate_table.h"
#include "sandbox/wire/facts.h"

namespace nightjar::rates {

struct UsdPrice {
  double amount = 0;
  std::string
      source{};  // "printed rate", "daily rate of 2026-11-20", "rate without a date"; empty: printed so
};

// The number of a money field, or nothing where it is none (never negative).
[[nodiscard]] std::optional<double> AmountOf(const wire::Field& field);

// The first price field in US dollars, by the first of: its own currency; the page's items "exchange_rate",
// which hold either what a coin is worth (coin, currency, rate) or what one common unit is worth in each
// currency (currency, rate); the daily rate of the day it was seen. `table` may be null. mBTC and its like
// are thousandths, sat and uBTC what they are of a bitcoin. Nothing where the price has no currency or no
// rate is known: an amount is never guessed.
[[nodiscard]] std::optional<UsdPrice> PriceInUsd(const wire::Facts& facts, UtcTime seen,
                                                 const RateTable* table);

}  // namespace nightjar::rates
