// SPDX-License-Identifier: Apache-2.0
// Reading style text without a tree: where strings, brackets and escapes end. Each call is one linear pass.
// Source: CSS Syntax Level 3 (https://www.w3.org/TR/css-syntax-3/), sections 4.3.5 (strings) and 4.3.7
// (escapes), in the small.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nightjar::style {

// The sheet with every comment and the marks "<!--" and "-->" replaced by a blank; strings are left alone.
[[nodiscard]] std::string WithoutComments(std::string_view sheet);

// The first character of `wanted` at or after `from` that stands outside strings, () and [], and is not
// escaped; npos where there is none.
[[nodiscard]] std::size_t FindOutside(std::string_view text, std::string_view wanted, std::size_t from = 0);

// Past the brace that closes the block opened just before `from`; the text's end for a block left open.
[[nodiscard]] std::size_t BlockEnd(std::string_view text, std::size_t from);

// Escapes undone.
[[nodiscard]] std::string Unescaped(std::string_view text);

}  // namespace nightjar::style
