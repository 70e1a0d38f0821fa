// SPDX-License-Identifier: Apache-2.0
// Attribute and an+b tests of selectors (Selectors Level 3, sections 6.3 and 6.6.5).
#pragma once

#include <string_view>

#include "sandbox/style/selector.h"

namespace nightjar::style {

// Is `wanted` one of the words, parted by white space, of `words`?
[[nodiscard]] bool HasWord(std::string_view words, std::string_view wanted);

// Does an attribute of that value pass the test?
[[nodiscard]] bool PassesAttributeTest(const Test& test, std::string_view value);

// Is `position` (from 1) one of step * n + offset, n >= 0?
[[nodiscard]] bool IsNth(const Test& test, std::uint32_t position);

}  // namespace nightjar::style
