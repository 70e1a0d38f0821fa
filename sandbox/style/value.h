// SPDX-License-Identifier: Apache-2.0
// Values of style declarations, as far as it takes to say whether text can be seen: lengths in CSS pixels
// and colours. What is not understood (calc(), var(), gradients) is kUnknown and decides nothing.
// Sources: CSS Values and Units Level 3, CSS Color Level 4 (named colours: section 6.1).
#pragma once

#include <cstdint>
#include <string_view>

namespace nightjar::style {

enum class Unit : std::uint8_t {
  kUnknown,  // of no consequence: as if the property were not declared, but it takes others back
  kCode,     // a keyword; which one: see Property
  kNumber,
  kPixels,
  kEm,       // times the element's own font size
  kPercent,  // of something that only a layout knows
  kColour,   // 0xRRGGBBAA
};

struct Value {
  double number = 0;
  Unit unit = Unit::kUnknown;
  friend bool operator==(const Value&, const Value&) = default;
};

// The window that Tor Browser shows at most (letterboxing, version 13): what vw, vh and media queries count
// from.
inline constexpr double kViewWidth = 1400;
inline constexpr double kViewHeight = 900;
inline constexpr double kRootFont = 16;  // pixels

// "0", "-100em", "12.5px", "50%", ... ; `text` trimmed, in lower case.
[[nodiscard]] Value ParseLength(std::string_view text);

// "#fff", "rgb(1 2 3 / 50%)", "white", "transparent"; `text` trimmed, in lower case.
[[nodiscard]] Value ParseColour(std::string_view text);

// Pixels where they can be told from the element's font size in pixels; else `otherwise`.
[[nodiscard]] double PixelsOf(Value value, double font, double otherwise);

}  // namespace nightjar::style
