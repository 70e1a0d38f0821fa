// SPDX-License-Identifier: Apache-2.0
// Which elements a person never sees, and why. Decided from the page's own <style> rules and style attributes
// after the cascade (sandbox/style), the `hidden` attribute, <dialog> without `open`, and the old colour
// attributes. What only appears when somebody points at, chooses or opens something (drop-down menus, tabs,
// <details>) counts as seen.
//
// Not decided, and so taken for seen: what external style sheets and scripts do, sizes that follow from
// content, calc(), var() and hsl(), text over a picture or a gradient, covers other than a later sibling laid
// over exactly the same box, negative z-index behind anything but an opaque ancestor, rules for @media that
// asks for more than width and height, and case-insensitive class names of pages in quirks mode.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "sandbox/parse/tree.h"

namespace nightjar::extract {

enum class Why : std::uint8_t {
  kSeen,
  kHiddenAttribute,
  kDisplayNone,
  kInvisible,    // visibility: hidden
  kTransparent,  // opacity below 5 %, or a colour as thin
  kTiny,         // font size below 2 px
  kNoSize,       // a box of at most 1 px that cuts what stands out of it
  kOffScreen,    // style::kFarPixels and its neighbours
  kClipped,
  kTransformed,
  kSameColour,  // no colour channel differs by more than 3 from the background, and both are known
  kCovered,
};
// "seen", "hidden-attribute", "display-none", "invisible", "transparent", "tiny", "no-size", "off-screen",
// "clipped", "transformed", "same-colour", "covered".
[[nodiscard]] std::string_view WhyName(Why why);

class Visibility final {
 public:
  // Linear in the page: see style::Cascade. `tree` must outlive it.
  explicit Visibility(const parse::Tree& tree);

  // Why text that stands directly in the element is not seen. (An element below may be seen again:
  // "visibility: visible".)
  [[nodiscard]] Why Of(parse::NodeIndex element) const { return why_[element]; }
  [[nodiscard]] bool Hides(const parse::Node& node) const {
    return why_[static_cast<std::size_t>(&node - tree_.nodes().data())] != Why::kSeen;
  }
  // Some rules were not read or matched, because the page has more of them than is honest: hidden text may
  // pass for visible.
  [[nodiscard]] bool Incomplete() const { return incomplete_; }

 private:
  const parse::Tree& tree_;
  std::vector<Why> why_;  // by node; texts: as their parent
  bool incomplete_ = false;
};

}  // namespace nightjar::extract
