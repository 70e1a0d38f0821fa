// SPDX-License-Identifier: Apache-2.0
// Labels and the values beside them, however the template sets them: table cells, definition lists, "Label:
// value" in one line, <label> or <b> before a value, a label in one box and its value in the next, or a
// heading row over one row of values.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "sandbox/extract/layout.h"

namespace nightjar::extract {

struct Pair {
  std::string_view field;  // "vendor", "price", ...
  Range value;             // never empty; may span lines of one cell
  std::uint32_t line = 0;  // of the label
  std::uint8_t confidence = 0;
};

// In page order. Menus and form controls are not looked at.
[[nodiscard]] std::vector<Pair> FindPairs(const Tree& tree, const Layout& layout);

}  // namespace nightjar::extract
