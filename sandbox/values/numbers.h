// SPDX-License-Identifier: Apache-2.0
// Short whole numbers inside dates, times and durations.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "sandbox/values/letters.h"

namespace nightjar::values {

struct Number {
  int value = 0;
  std::size_t width = 0, end = 0;
};

// The digits at `at`, all of them; nothing when there are none or more than `widest` (at most 9).
[[nodiscard]] inline std::optional<Number> NumberAt(std::string_view text, std::size_t at,
                                                    std::size_t widest) {
  Number number{.end = at};
  for (; IsDigitAt(text, number.end); ++number.end) {
    if (++number.width > widest) return std::nullopt;
    number.value = number.value * 10 + (text[number.end] - '0');
  }
  return number.width == 0 ? std::nullopt : std::optional(number);
}

}  // namespace nightjar::values
