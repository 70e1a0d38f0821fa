// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/value_range.h"

#include <limits>

namespace nightjar::query {

using Xapian::Query;
using Xapian::sortable_serialise;

Query ValueRange(Slot slot, const NumberRange& range) {
  // A missing value is the empty text, which is below every finite number.
  std::string from = sortable_serialise(range.from.value_or(std::numeric_limits<double>::lowest()));
  if (range.from && range.from_excluded) from.push_back('\0');  // the next text in order
  Query matching(Query::OP_VALUE_GE, slot, from);
  if (range.to) {
    const std::string to = sortable_serialise(*range.to);
    if (range.to_excluded) {
      matching = Query(Query::OP_AND_NOT, matching, Query(Query::OP_VALUE_GE, slot, to));
    } else {
      matching = Query(Query::OP_VALUE_RANGE, slot, from, to);
    }
  }
  return {Query::OP_SCALE_WEIGHT, matching, 0.0};
}

}  // namespace nightjar::query
