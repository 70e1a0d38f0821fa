// SPDX-License-Identifier: Apache-2.0
// The one place where a range of numbers becomes a query.
#pragma once

#include <xapian.h>

#include <memory>
#include <optional>

#include "indexer/columns/snapshot.h"

namespace nightjar::query {

// In the column's unit; an absent end is open.
struct NumberRange {
  std::optional<double> from = {};
  std::optional<double> to = {};
  bool from_excluded = false;
  bool to_excluded = false;
};

// Documents whose number lies in the range. One without a number is in no range, not even one open at both
// ends. Gives no weight.
[[nodiscard]] Xapian::Query ValueRange(const std::shared_ptr<columns::Snapshot>& columns,
                                       columns::Column column, const NumberRange& range);

}  // namespace nightjar::query
