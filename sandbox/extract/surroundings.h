// SPDX-License-Identifier: Apache-2.0
// What the readers of single fields look at: the page, its visible text, and the labelled values in it. Also
// the small steps over ranges that they share.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "sandbox/extract/layout.h"
#include "sandbox/extract/pairs.h"
#include "sandbox/extract/statements.h"
#include "sandbox/parse/page.h"
#include "sandbox/values/money.h"
#include "sandbox/values/typed.h"

namespace nightjar::extract {

// The first amount with a currency of each line; none for menus and form controls, which are not read.
using LineMoney = std::vector<std::optional<values::Money>>;

struct Surroundings {
  const parse::Page& page;
  const Layout& layout;
  const std::vector<Pair>& pairs;  // in page order
  std::string_view page_title;
  const LineMoney& money;
  values::Habits habits;
  const Stated& stated;
};

[[nodiscard]] LineMoney FindLineMoney(const Layout& layout);

// How the page prints days and times, by all it prints: one order where some date allows no other; days only
// where many clocks never pass twelve and none says am or pm.
[[nodiscard]] values::Habits FindHabits(const Layout& layout);

// Half-open range of lines.
struct Lines {
  std::uint32_t first = 0, past = 0;
  [[nodiscard]] bool Holds(std::uint32_t line) const { return first <= line && line < past; }
};
[[nodiscard]] inline Lines AllLines(const Layout& layout) {
  return {0, static_cast<std::uint32_t>(layout.lines.size())};
}

// The lines of a sub-tree.
[[nodiscard]] Lines LinesBelow(const Tree& tree, const Layout& layout, NodeIndex node);
// From the first character of the lines to the last.
[[nodiscard]] Range TextOf(const Layout& layout, Lines lines);
// The pairs whose labels stand in the lines.
[[nodiscard]] std::span<const Pair> PairsIn(const Surroundings& at, Lines lines);

// A part of a range, by offsets from its beginning.
[[nodiscard]] inline Range Part(Range range, std::size_t begin, std::size_t end) {
  return {range.begin + static_cast<std::uint32_t>(begin), range.begin + static_cast<std::uint32_t>(end)};
}

// The range without white space at its ends.
[[nodiscard]] Range TrimIn(const Layout& layout, Range range);

// The link a text node stands in, or 0.
[[nodiscard]] NodeIndex LinkAround(const Tree& tree, NodeIndex text_node);

}  // namespace nightjar::extract
