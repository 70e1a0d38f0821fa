// SPDX-License-Identifier: Apache-2.0
// Small foldings and word lists that several reading rules share. Words are matched without regard to ASCII
// case.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "sandbox/parse/ascii.h"

namespace nightjar::extract {

// Bytes of white space at `at`: 1 for ASCII, 2 for U+00A0, 0 for none.
[[nodiscard]] constexpr std::size_t BlankAt(std::string_view text, std::size_t at) {
  if (parse::IsSpace(text[at])) return 1;
  return text[at] == '\xC2' && at + 1 < text.size() && text[at + 1] == '\xA0' ? 2 : 0;
}

// Appends `text` with runs of white space as one blank, none at the beginning of `out`.
void AppendFolded(std::string& out, std::string_view text);
[[nodiscard]] std::string Folded(std::string_view text);

template <std::size_t N>
[[nodiscard]] bool ContainsAny(std::string_view text, const std::array<std::string_view, N>& words) {
  for (const std::string_view word : words) {
    if (parse::FindNoCase(text, word) != std::string_view::npos) return true;
  }
  return false;
}

// In class, id or role of an element: it and everything below is a menu, not the page's matter.
inline constexpr std::array<std::string_view, 5> kNavigationWords = {"nav", "menu", "sidebar", "footer",
                                                                     "breadcrumb"};
inline constexpr std::array<std::string_view, 2> kCrumbWords = {"crumb", "navigate_section"};

}  // namespace nightjar::extract
