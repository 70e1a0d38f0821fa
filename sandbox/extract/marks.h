// SPDX-License-Identifier: Apache-2.0
// Characters that nobody sees and that break words for a search: zero-width ones and bidi controls. They are
// left out of the text and counted. Kept: ZERO WIDTH (NON-)JOINER between letters of scripts that spell with
// it (Arabic and its neighbours, the scripts of India, Myanmar) and between emoji (Unicode 15, sections 9.2,
// 12.1 and 23.2; UTS #51 section 2.3).
//   zero width: U+00AD, U+034F, U+180E, U+200B..200D, U+2060, U+FEFF
//   bidi:       U+061C, U+200E, U+200F, U+202A..202E, U+2066..2069 (UAX #9 section 2)
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sandbox/wire/facts.h"

namespace nightjar::extract {

struct Mark {
  std::size_t size = 0;  // bytes; 0: no mark, or one that the script needs
  bool bidi = false;
};

// Do such characters begin with this byte? (So do others.)
[[nodiscard]] constexpr bool MayBeginMark(char c) {
  return c == '\xC2' || c == '\xCD' || c == '\xD8' || c == '\xE1' || c == '\xE2' || c == '\xEF';
}

// What stands at `at` in valid UTF-8, seen with its neighbours.
[[nodiscard]] Mark MarkAt(std::string_view text, std::size_t at);

void Count(const Mark& mark, wire::Marks& marks);

// `text` without them; they are added to `marks`.
[[nodiscard]] std::string WithoutMarks(std::string_view text, wire::Marks& marks);

}  // namespace nightjar::extract
