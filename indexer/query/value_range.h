// SPDX-License-Identifier: Apache-2.0
// The one place where a range over a value slot becomes a query.
#pragma once

#include <xapian.h>

#include <optional>

#include "indexer/query/schema.h"

namespace nightjar::query {

// In the slot's unit; an absent end is open.
struct NumberRange {
  std::optional<double> from = {};
  std::optional<double> to = {};
  bool from_excluded = false;
  bool to_excluded = false;
};

// Documents whose value lies in the range. One without a value is in no range, not even one open at both
// ends. Gives no weight.
[[nodiscard]] Xapian::Query ValueRange(Slot slot, const NumberRange& range);

}  // namespace nightjar::query
