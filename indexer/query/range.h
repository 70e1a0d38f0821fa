// SPDX-License-Identifier: Apache-2.0
// Ranges after price: and seen:, for example "10..50usd", "<=0.5btc", "2026-01..2026-02", ">=2026".
#pragma once

#include <string_view>

#include "indexer/query/grammar.h"

namespace nightjar::query {

// kInvalidInput with a sentence that shows a right spelling (no position: the caller knows where it stood).
[[nodiscard]] Result<Bounds> ParseAmountRange(std::string_view text);

// Days, months and years in UTC; a bound names all of its day, month or year.
[[nodiscard]] Result<Bounds> ParseTimeRange(std::string_view text);

}  // namespace nightjar::query
