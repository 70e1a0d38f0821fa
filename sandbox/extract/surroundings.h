// SPDX-License-Identifier: Apache-2.0
// What the readers of single fields look at: the page, its visible text, and the labelled values in it. Also
// the small steps over ranges that they share.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "sandbox/extract/layout.h"
#include "sandbox/extract/pairs.h"
#include "sandbox/parse/page.h"

namespace nightjar::extract {

struct Surroundings {
  const parse::Page& page;
  const Layout& layout;
  const std::vector<Pair>& pairs;
  std::string_view page_title;
};

// A part of a range, by offsets from its beginning.
[[nodiscard]] inline Range Part(Range range, std::size_t begin, std::size_t end) {
  return {range.begin + static_cast<std::uint32_t>(begin), range.begin + static_cast<std::uint32_t>(end)};
}

// The range without white space at its ends.
[[nodiscard]] Range TrimIn(const Layout& layout, Range range);

// The link a text node stands in, or 0.
[[nodiscard]] NodeIndex LinkAround(const Tree& tree, NodeIndex text_node);

}  // namespace nightjar::extract
