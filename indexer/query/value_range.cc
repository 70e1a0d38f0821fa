// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/value_range.h"

#include <cmath>
#include <limits>

#include "indexer/query/column_source.h"

namespace nightjar::query {

Xapian::Query ValueRange(const std::shared_ptr<columns::Snapshot>& columns, columns::Column column,
                         const NumberRange& range) {
  constexpr double kInfinite = std::numeric_limits<double>::infinity();
  ColumnRange bounds{.column = column};
  if (range.from) bounds.low = range.from_excluded ? std::nextafter(*range.from, kInfinite) : *range.from;
  if (range.to) bounds.high = range.to_excluded ? std::nextafter(*range.to, -kInfinite) : *range.to;
  return {Xapian::Query::OP_SCALE_WEIGHT, ColumnQuery(columns, {bounds}), 0.0};
}

}  // namespace nightjar::query
