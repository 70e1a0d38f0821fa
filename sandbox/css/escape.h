// SPDX-License-Identifier: Apache-2.0
// Escapes of CSS, in selectors and in style sheets alike. Source: CSS Syntax Level 3, section 4.3.7
// (https://www.w3.org/TR/css-syntax-3/#consume-escaped-code-point).
#pragma once

#include <string>
#include <string_view>

namespace nightjar::css {

// Takes what follows a backslash off the front of `text` and appends the character it means: "3a " is one by
// its number (U+FFFD where there is none of that number), ":" the character itself, a line break nothing.
void TakeEscape(std::string_view& text, std::string& out);

}  // namespace nightjar::css
