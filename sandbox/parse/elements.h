// SPDX-License-Identifier: Apache-2.0
// How the tree builder treats an element by its name, as far as depth depends on it. Source: WHATWG HTML
// sections 13.2.4.2 (the stack of open elements, its scopes), 13.2.4.3 (formatting) and 13.2.6.4.7 ("in
// body").
#pragma once

#include <cstdint>
#include <string_view>

namespace nightjar::parse {

enum class Element : std::uint16_t {
  kPlain = 0,
  kVoid = 1 << 0,           // holds nothing, in HTML
  kFormatting = 1 << 1,     // opened again after a block closed over it
  kSpecial = 1 << 2,        // an end tag that is not its own does not reach past it
  kScope = 1 << 3,          // not even the end tag of a block does
  kBlock = 1 << 4,          // its end tag reaches past special elements, within the scope
  kForeign = 1 << 5,        // svg, math: other rules inside
  kLeavesForeign = 1 << 6,  // its start tag ends svg and math (font: only with some attributes)
  kTablePart = 1 << 7,      // ignored outside a table
  kPassed = 1 << 8,         // special, yet a list item's search goes past it: address, div, p
  kIntegration = 1 << 9,    // HTML again, inside svg and math
};

[[nodiscard]] constexpr Element operator|(Element a, Element b) {
  return static_cast<Element>(static_cast<std::uint16_t>(a) | static_cast<std::uint16_t>(b));
}
[[nodiscard]] constexpr bool Is(Element traits, Element one) {
  return (static_cast<std::uint16_t>(traits) & static_cast<std::uint16_t>(one)) != 0;
}

// `name` in lower case.
[[nodiscard]] Element TraitsOf(std::string_view name);

}  // namespace nightjar::parse
