// SPDX-License-Identifier: Apache-2.0
// How many: "1,108" -> "1108", "12.5k" -> "12500", "3K+" -> "3000", "(74177)" -> "74177".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nightjar::values {

enum class Fractions : std::uint8_t { kRefused, kTaken };

struct Count {
  std::string digits;              // an exact decimal where fractions are taken
  std::size_t begin = 0, end = 0;  // in the text, with "k" and "+"
};

// The first whole number; with kTaken, the first number ("4.50"). Numbers inside words ("x3d") are passed.
[[nodiscard]] std::optional<Count> LocateCount(std::string_view text,
                                               Fractions fractions = Fractions::kRefused);

// Its digits.
[[nodiscard]] std::optional<std::string> FindCount(std::string_view text,
                                                   Fractions fractions = Fractions::kRefused);

}  // namespace nightjar::values
