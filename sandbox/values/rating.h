// SPDX-License-Identifier: Apache-2.0
// How good, on what scale: "4.88/5", "97%", "4 of 5 stars", "★★★★☆". Star signs are counted, half stars too.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace nightjar::values {

struct Rating {
  std::string value;               // "4.88", "97", "4", "3.5"
  std::string scale;               // "5", "100", "10"; empty where none is printed
  std::size_t begin = 0, end = 0;  // in the text
};

// The first one with a scale; without any, the first number.
[[nodiscard]] std::optional<Rating> FindRating(std::string_view text);

}  // namespace nightjar::values
