// SPDX-License-Identifier: Apache-2.0
// What the readers of values share: blanks, words and case, over UTF-8 and without any locale. Case is folded
// for ASCII, Latin-1 and Cyrillic only: there a letter's two cases have equally many bytes, so offsets in the
// folded text are offsets in the printed one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sandbox/parse/ascii.h"

namespace nightjar::values {

// Bytes of white space at `at`: ASCII, no-break space, thin and narrow spaces; 0 for none.
[[nodiscard]] std::size_t BlankAt(std::string_view text, std::size_t at);
[[nodiscard]] std::size_t SkipBlanks(std::string_view text, std::size_t at);

// Bytes of the character at `at`; 1 where the bytes are no UTF-8. At least 1, never past the end.
[[nodiscard]] std::size_t CharacterSize(std::string_view text, std::size_t at);

// Is the character at `at` a letter of any script? Signs, arrows, stars and emoji are none.
[[nodiscard]] bool IsLetterAt(std::string_view text, std::size_t at);
[[nodiscard]] bool IsDigitAt(std::string_view text, std::size_t at);

// Does a letter or digit end just before `at`, or begin there?
[[nodiscard]] bool IsWordBefore(std::string_view text, std::size_t at);
[[nodiscard]] bool IsWordAt(std::string_view text, std::size_t at);

// The letters from `at` on, at most kLongestWord bytes of them (no word of any table is longer).
inline constexpr std::size_t kLongestWord = 40;
[[nodiscard]] std::string_view WordAt(std::string_view text, std::size_t at);

// Lower case, same length.
[[nodiscard]] std::string LowerCase(std::string_view text);

// White space as single blanks, none at either end; lower case.
[[nodiscard]] std::string Normal(std::string_view text);

}  // namespace nightjar::values
