// SPDX-License-Identifier: Apache-2.0
// Values that cut or move a box: does anything of it stay to be seen?
#pragma once

#include <string_view>

namespace nightjar::style {

// All texts in lower case, trimmed.
// clip: rect(top, right, bottom, left) that leaves at most one pixel in a direction (CSS 2.2 section 11.1.2).
[[nodiscard]] bool ClipsAll(std::string_view clip);
// clip-path: inset() whose sides meet, circle() or ellipse() without a radius, polygon() of one point (CSS
// Masking 1, CSS Shapes 1).
[[nodiscard]] bool ClipPathLeavesNothing(std::string_view path);
// transform: scale(0) and the like, or translate() by more than kFarPixels up or left, kFarAhead down or
// right, or five times the element's own size (CSS Transforms 1).
[[nodiscard]] bool TransformsAway(std::string_view transform);

}  // namespace nightjar::style
