// SPDX-License-Identifier: Apache-2.0
// Small foldings and word lists that several reading rules share. Words are matched without regard to ASCII
// case.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "sandbox/parse/ascii.h"
#include "sandbox/parse/folded.h"

namespace nightjar::extract {

using parse::AppendFolded;
using parse::BlankAt;
using parse::Folded;

// `words` in lower case.
template <std::size_t N>
[[nodiscard]] bool ContainsAny(std::string_view text, const std::array<std::string_view, N>& words) {
  std::uint32_t initials = 0;  // by five bits of the first byte, which are those of both cases of a letter
  for (const std::string_view word : words) initials |= 1U << (word.front() & 31);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (((initials >> (text[at] & 31)) & 1) == 0) continue;
    for (const std::string_view word : words)
      if (parse::StartsWithNoCase(text.substr(at), word)) return true;
  }
  return false;
}

// In class, id or role of an element: it and everything below is a menu, not the page's matter.
inline constexpr std::array<std::string_view, 5> kNavigationWords = {"nav", "menu", "sidebar", "footer",
                                                                     "breadcrumb"};
inline constexpr std::array<std::string_view, 2> kCrumbWords = {"crumb", "navigate_section"};

}  // namespace nightjar::extract
