// SPDX-License-Identifier: Apache-2.0
// White space as a browser shows it: runs of it as one blank, no-break space too.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sandbox/parse/ascii.h"

namespace nightjar::parse {

// Bytes of white space at `at`: 1 for ASCII, 2 for U+00A0, 0 for none.
[[nodiscard]] constexpr std::size_t BlankAt(std::string_view text, std::size_t at) {
  if (IsSpace(text[at])) return 1;
  return text[at] == '\xC2' && at + 1 < text.size() && text[at + 1] == '\xA0' ? 2 : 0;
}

// Appends `text` with runs of white space as one blank, none at the beginning of `out`.
void AppendFolded(std::string& out, std::string_view text);
[[nodiscard]] std::string Folded(std::string_view text);

}  // namespace nightjar::parse
