// SPDX-License-Identifier: Apache-2.0
// What the page is about, in the site's own words: the visible line that <title> repeats, or the first
// heading.
#pragma once

#include <optional>
#include <string>

#include "sandbox/extract/layout.h"

namespace nightjar::extract {

// Content of <title>, folded, without marks nobody sees; empty if there is none.
[[nodiscard]] std::string PageTitle(const Tree& tree);

struct Headline {
  Range range;
  std::uint32_t line = 0;
  std::uint8_t confidence = 0;
};

[[nodiscard]] std::optional<Headline> FindHeadline(const Tree& tree, const Layout& layout,
                                                   std::string_view page_title);

}  // namespace nightjar::extract
