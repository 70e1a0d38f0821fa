// SPDX-License-Identifier: Apache-2.0
// What is traded in the world: harmless invented goods in six categories of four. The order of every list is
// its popularity. Changing a list changes the world of every seed.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace nightjar::world {

struct Leaf {
  std::string_view top;   // "Ceramics"
  std::string_view name;  // "Figurines"
  std::array<std::string_view, 8> nouns;
};

inline constexpr std::size_t kLeavesPerTop = 4;

[[nodiscard]] const std::array<Leaf, 24>& Leaves();  // leaves of one top stand together

[[nodiscard]] const std::array<std::string_view, 40>& Qualities();  // "blue", "vintage"
[[nodiscard]] const std::array<std::string_view, 24>& Materials();  // "ceramic", "walnut"
[[nodiscard]] const std::array<std::string_view, 16>& Countries();
[[nodiscard]] const std::array<std::string_view, 4>& Regions();  // "Worldwide", "EU"

}  // namespace nightjar::world
