// SPDX-License-Identifier: Apache-2.0
// The declarations that can make text unseen, out of a rule's block or a style attribute. Everything else is
// passed over. Sources: CSS 2.2, CSS Masking 1 (clip, clip-path), CSS Transforms 1.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "sandbox/style/value.h"

namespace nightjar::style {

// What kCode values mean is written beside each. kPixels, kEm and kPercent are lengths.
enum class Property : std::uint8_t {
  kDisplay,     // 0: none; 1: anything else; 2: inline or contents
  kVisibility,  // 0: hidden or collapse; 1: visible; 2: inherit
  kOpacity,     // kNumber
  kFontSize,    // length
  kWidth,
  kMaxWidth,
  kHeight,
  kMaxHeight,
  kOverflow,  // 1: hidden or clip; 0: anything else
  kPosition,  // 0: static; 1: relative or sticky; 2: absolute; 3: fixed
  kLeft,
  kTop,
  kRight,
  kBottom,
  kMarginLeft,
  kMarginTop,
  kPaddingLeft,
  kTextIndent,
  kClip,        // 1: leaves at most a pixel; 0: anything else
  kClipPath,    // 1: leaves nothing; 0: anything else
  kTransform,   // 1: makes it nothing or moves it out of the window; 0: anything else
  kText,        // "color": kColour
  kBackground,  // kColour; kUnknown: a picture or gradient
  kLayer,       // "z-index": kNumber
  kCount,
};

struct Declaration {
  Property property;
  bool important = false;
  Value value;
};

// A length that moves an element out of every window. Real layouts move things by the width of a side bar
// (300 px) or of a slide; decoys by thousands.
inline constexpr double kFarPixels = 500;
inline constexpr double kFarPercent = -100;  // of the box around it
// To the right and below a page scrolls, so only what nobody scrolls to counts.
inline constexpr double kFarAhead = 5000;

// Appends, of each property and importance, the last declaration that makes sense. Linear in `block`.
void ParseDeclarations(std::string_view block, std::vector<Declaration>& out);

}  // namespace nightjar::style
