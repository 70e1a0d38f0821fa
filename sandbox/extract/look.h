// SPDX-License-Identifier: Apache-2.0
// How an element looks, as far as it takes to say whether its text can be seen: from what it inherits and
// what its styles declare.
#pragma once

#include <cstdint>
#include <optional>

#include "sandbox/extract/visibility.h"
#include "sandbox/parse/tree.h"
#include "sandbox/style/cascade.h"

namespace nightjar::extract {

using Colour = std::optional<std::uint32_t>;  // 0xRRGGBBAA; nothing: not known

// What elements below start from.
struct Look {
  Why box = Why::kSeen;  // not kSeen: nothing in it can be seen again
  bool visible = true;
  double font = style::kRootFont;  // pixels
  bool indented_away = false;
  Colour text = 0x000000FF;
  Colour back = 0xFFFFFFFF;
  std::uint8_t position = 0;  // as style::Property::kPosition
  bool over_opaque = false;   // an ancestor, up to the next stacking context, has a background of its own
};

// `plain`: the page links no external style sheets, so that what it does not declare is the browser's
// default.
[[nodiscard]] Look RootLook(bool plain);

// `own`: what the element's styles declare. The old colour attributes (bgcolor, text, <font color>) count
// too.
[[nodiscard]] Look LookOf(const parse::Tree& tree, const parse::Node& node, const style::Values& own,
                          const Look& parent);

// Why the element's own text is not seen.
[[nodiscard]] Why WhyOf(const Look& look);

}  // namespace nightjar::extract
