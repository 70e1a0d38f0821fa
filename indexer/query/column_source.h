// SPDX-License-Identifier: Apache-2.0
// Conditions on columns as parts of a Xapian query: ranges of prices, times, numbers.
#pragma once

#include <xapian.h>

#include <limits>
#include <memory>
#include <vector>

#include "indexer/columns/snapshot.h"

namespace nightjar::query {

// A row meets it if its number is in [low, high]. Rows that lack the number never do, unless `absent` says
// that they count as endless (kUntil: the newest version goes on).
struct ColumnRange {
  columns::Column column;
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool absent = false;
};

[[nodiscard]] bool Meets(const ColumnRange& range, columns::Snapshot& columns,
                         columns::DocumentNumber document);

// The documents that meet all of `ranges`; weighs nothing. Cheap beside other conditions, which it is asked
// after; alone it reads the columns of every document.
[[nodiscard]] Xapian::Query ColumnQuery(std::shared_ptr<columns::Snapshot> columns,
                                        std::vector<ColumnRange> ranges);

// The documents numbered [begin, end); weighs nothing, and ends a search that has passed them.
[[nodiscard]] Xapian::Query WindowQuery(std::shared_ptr<columns::Snapshot> columns,
                                        columns::DocumentNumber begin, columns::DocumentNumber end);

}  // namespace nightjar::query
