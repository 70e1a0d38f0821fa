// SPDX-License-Identifier: Apache-2.0
// Who is whose sibling among a page's elements: what "+", "~" and :nth-child() ask. Made in one pass.
#pragma once

#include <vector>

#include "sandbox/parse/tree.h"

namespace nightjar::style {

struct Family {
  explicit Family(const parse::Tree& tree);

  struct Place {
    parse::NodeIndex before = 0;  // the sibling element before it; 0: none
    std::uint32_t position = 0;   // among its parent's elements, from 1; 0 for texts
    std::uint32_t children = 0;   // elements directly below
    parse::NodeIndex last_child = 0;
  };
  std::vector<Place> places;  // by node
};

}  // namespace nightjar::style
