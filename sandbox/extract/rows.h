// SPDX-License-Identifier: Apache-2.0
// Things shown one after another in the same shape: rows of a table, cards, posts. Found by what templates
// cannot hide: sister elements of one kind (tag and class), each with lines of text of its own.
#pragma once

#include <string_view>
#include <vector>

#include "sandbox/extract/surroundings.h"

namespace nightjar::extract {

struct Row {
  NodeIndex node = 0;
  Lines lines;  // not empty; none in a menu
};

struct RowGroup {
  NodeIndex parent = 0;
  std::vector<Row> rows;  // at least one, in page order

  // What the headings over a table's columns stand for ("title", "vendor", "replies", ...), "" for unknown
  // ones; empty without headings.
  std::vector<std::string_view> columns;
};

// Inner groups before those around them. At most kMostGroups.
inline constexpr std::size_t kMostGroups = 2000;
[[nodiscard]] std::vector<RowGroup> FindRows(const Tree& tree, const Layout& layout);

// The text of a row's cell in the named column, or an empty range.
[[nodiscard]] Range CellOf(const Tree& tree, const Layout& layout, const RowGroup& group, const Row& row,
                           std::string_view column);

}  // namespace nightjar::extract
