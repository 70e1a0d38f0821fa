// SPDX-License-Identifier: Apache-2.0
// The time of day behind a printed day: "13:05", "at 1:05 pm", "T13:05:06Z", "um 13:05", "13h05".
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace nightjar::values {

struct ClockTime {
  std::string iso;             // "13:05", "13:05:06", "13:05Z"
  std::string_view precision;  // "minute" or "second"
  std::size_t end = 0;
};

// What follows at `at`, past blanks, a comma, "T" or a word like "at". 24 hours, or 12 with am or pm.
[[nodiscard]] std::optional<ClockTime> ClockTimeAt(std::string_view text, std::size_t at);

}  // namespace nightjar::values
