// SPDX-License-Identifier: Apache-2.0
// Ranges after price:, seen: and fields of numbers, for example "10..50usd", "<=0.5btc", "2026-01..2026-02",
// ">=2026".
#pragma once

#include <string_view>

#include "indexer/query/grammar.h"

namespace nightjar::query {

// kInvalidInput with a sentence that shows a right spelling (no position: the caller knows where it stood).
[[nodiscard]] Result<Bounds> ParseAmountRange(std::string_view text);

// Without currency. `field` is named in the sentence.
[[nodiscard]] Result<Bounds> ParseNumberRange(std::string_view text, std::string_view field);

// Days, months and years in UTC; a bound names all of its day, month or year.
[[nodiscard]] Result<Bounds> ParseTimeRange(std::string_view text);

// One day, as the half-open span of its seconds.
[[nodiscard]] Result<Bounds> ParseDay(std::string_view text);

}  // namespace nightjar::query
