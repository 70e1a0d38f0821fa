// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/look.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "sandbox/parse/ascii.h"
#include "sandbox/style/declarations.h"

namespace nightjar::extract {
namespace {

using parse::Node;
using parse::Tag;
using parse::Tree;
using style::Property;
using style::Unit;
using style::Value;
using style::Values;

constexpr double kLeastFont = 2;  // pixels
constexpr double kLeastOpacity = 0.05;
constexpr std::uint32_t kLeastAlpha = 0x0D;  // the same of 255
constexpr double kLeastBox = 1;
constexpr std::uint32_t kSameChannel = 3;
constexpr int kAbsolute = 2;

// Up or to the left of every window.
bool IsFarBack(Value value, double font) {
  if (value.unit == Unit::kPercent) return value.number <= style::kFarPercent;
  return style::PixelsOf(value, font, 0) <= -style::kFarPixels;
}

// So far to the right or below that nobody scrolls there.
bool IsFarAhead(Value value, double font) { return style::PixelsOf(value, font, 0) >= style::kFarAhead; }

bool IsMovedAway(const Values& own, int position, double font) {
  if (position != 0) {
    for (const Property side : {Property::kLeft, Property::kTop}) {
      if (IsFarBack(own.Of(side), font) || IsFarAhead(own.Of(side), font)) return true;
    }
    for (const Property side : {Property::kRight, Property::kBottom}) {
      if (style::PixelsOf(own.Of(side), font, 0) <= -style::kFarPixels || IsFarAhead(own.Of(side), font))
        return true;
    }
  }
  if (IsFarBack(own.Of(Property::kMarginTop), font)) return true;
  // "margin: 0 -9999px; padding: 0 9999px" draws a band across the window and moves no text.
  const double margin = style::PixelsOf(own.Of(Property::kMarginLeft), font, 0);
  return margin <= -style::kFarPixels &&
         margin + style::PixelsOf(own.Of(Property::kPaddingLeft), font, 0) <= -style::kFarPixels;
}

// Is this a box of its own, which widths, heights and transforms apply to? Cells are never smaller than what
// they hold ("max-width: 0" is how their text is cut to the column), and text in a line has no box.
bool IsSizedBox(const Node& node, const Values& own, int position) {
  if (position >= kAbsolute) return true;
  if (own.Has(Property::kDisplay)) return own.Code(Property::kDisplay, 1) == 1;
  constexpr Tag kBoxless[] = {Tag::kTd,   Tag::kTh,   Tag::kOther, Tag::kA,      Tag::kB,
                              Tag::kI,    Tag::kU,    Tag::kEm,    Tag::kStrong, Tag::kSmall,
                              Tag::kSpan, Tag::kFont, Tag::kLabel};
  return std::ranges::find(kBoxless, node.tag) == std::end(kBoxless);
}

bool HasNoSize(const Values& own, double font) {
  if (own.Code(Property::kOverflow, 0) == 0) return false;
  for (const Property side :
       {Property::kWidth, Property::kMaxWidth, Property::kHeight, Property::kMaxHeight}) {
    const Value value = own.Of(side);
    const bool nothing = value.unit == Unit::kPercent && value.number == 0;
    if (nothing || style::PixelsOf(value, font, 100) <= kLeastBox) return true;
  }
  return false;
}

Why WhyOfBox(const Node& node, const Values& own, const Look& look) {
  const double font = look.font;
  const bool sized = IsSizedBox(node, own, look.position);
  if (own.Code(Property::kDisplay, 1) == 0) return Why::kDisplayNone;
  const Value opacity = own.Of(Property::kOpacity);
  if (opacity.unit == Unit::kNumber && opacity.number < kLeastOpacity) return Why::kTransparent;
  if (sized && HasNoSize(own, font)) return Why::kNoSize;
  if (IsMovedAway(own, look.position, font)) return Why::kOffScreen;
  if (own.Code(Property::kClipPath, 0) != 0) return Why::kClipped;
  if (look.position >= kAbsolute && own.Code(Property::kClip, 0) != 0) return Why::kClipped;
  if (sized && own.Code(Property::kTransform, 0) != 0) return Why::kTransformed;
  const bool behind = look.position != 0 && own.Of(Property::kLayer).unit == Unit::kNumber &&
                      own.Of(Property::kLayer).number < 0;
  return behind && look.over_opaque ? Why::kCovered : Why::kSeen;
}

Colour AttributeColour(const Tree& tree, const Node& node, std::string_view name) {
  std::string text = parse::Lower(parse::Trim(tree.Value(node, name)));
  Value value = style::ParseColour(text);
  if (value.unit != Unit::kColour) value = style::ParseColour("#" + text);  // as the web always allowed
  if (value.unit != Unit::kColour) return std::nullopt;
  return static_cast<std::uint32_t>(value.number);
}

void SetText(const Tree& tree, const Node& node, const Values& own, Look& look) {
  // Browsers give links and controls colours of their own.
  if (node.tag == Tag::kA || node.tag == Tag::kButton || node.tag == Tag::kTextarea ||
      node.tag == Tag::kSelect) {
    look.text.reset();
  }
  if (node.tag == Tag::kFont && tree.Find(node, "color") != nullptr)
    look.text = AttributeColour(tree, node, "color");
  if (node.tag == Tag::kBody && tree.Find(node, "text") != nullptr)
    look.text = AttributeColour(tree, node, "text");
  if (!own.Has(Property::kText)) return;
  const Value value = own.Of(Property::kText);
  look.text = value.unit == Unit::kColour ? Colour(static_cast<std::uint32_t>(value.number)) : std::nullopt;
}

// Only an opaque colour makes a background known; a positioned box may lie over anything.
void SetBack(const Tree& tree, const Node& node, const Values& own, Look& look) {
  if (look.position >= kAbsolute || node.tag == Tag::kButton || node.tag == Tag::kTextarea ||
      node.tag == Tag::kSelect) {
    look.back.reset();
  }
  Colour painted;
  bool paints = own.Has(Property::kBackground);
  if (paints) {
    const Value value = own.Of(Property::kBackground);
    if (value.unit == Unit::kColour) painted = static_cast<std::uint32_t>(value.number);
  } else if (tree.Find(node, "bgcolor") != nullptr) {
    paints = true;
    painted = AttributeColour(tree, node, "bgcolor");
  }
  if (tree.Find(node, "background") != nullptr) {
    paints = true;
    painted.reset();
  }
  if (!paints || painted == Colour(0)) return;
  const bool opaque = painted && (*painted & 0xFF) == 0xFF;
  look.back = opaque ? painted : std::nullopt;
  if (opaque && node.tag != Tag::kBody && node.tag != Tag::kHtml) look.over_opaque = true;
}

bool LooksTheSame(std::uint32_t a, std::uint32_t b) {
  for (const unsigned shift : {8U, 16U, 24U}) {
    const auto difference = static_cast<int>((a >> shift) & 0xFF) - static_cast<int>((b >> shift) & 0xFF);
    if (static_cast<std::uint32_t>(std::abs(difference)) > kSameChannel) return false;
  }
  return true;
}

}  // namespace

Look RootLook(bool plain) {
  Look look;
  if (!plain) {
    look.text.reset();
    look.back.reset();
  }
  return look;
}

Look LookOf(const Tree& tree, const Node& node, const Values& own, const Look& parent) {
  Look look = parent;
  look.position = static_cast<std::uint8_t>(own.Code(Property::kPosition, 0));
  const Value size = own.Of(Property::kFontSize);
  if (own.Has(Property::kFontSize)) look.font = style::PixelsOf(size, parent.font, style::kRootFont);
  look.box = WhyOfBox(node, own, look);
  if (const int visible = own.Code(Property::kVisibility, 2); visible != 2) look.visible = visible == 1;
  if (const Value indent = own.Of(Property::kTextIndent); own.Has(Property::kTextIndent)) {
    const bool cut =
        indent.unit == Unit::kPercent && indent.number >= 100 && own.Code(Property::kOverflow, 0) != 0;
    look.indented_away = cut || IsFarBack(indent, look.font) || IsFarAhead(indent, look.font);
  }
  // A stacking context of its own: what lies behind within it lies before everything outside.
  const Value opacity = own.Of(Property::kOpacity);
  const bool layered = look.position != 0 && own.Of(Property::kLayer).unit == Unit::kNumber;
  if (layered || look.position == 3 || opacity.unit == Unit::kNumber) look.over_opaque = false;
  SetText(tree, node, own, look);
  SetBack(tree, node, own, look);
  return look;
}

Why WhyOf(const Look& look) {
  if (look.box != Why::kSeen) return look.box;
  if (!look.visible) return Why::kInvisible;
  if (look.font < kLeastFont) return Why::kTiny;
  if (look.indented_away) return Why::kOffScreen;
  if (!look.text) return Why::kSeen;
  if ((*look.text & 0xFF) < kLeastAlpha && look.back) return Why::kTransparent;
  const bool opaque = (*look.text & 0xFF) == 0xFF;
  return opaque && look.back && LooksTheSame(*look.text, *look.back) ? Why::kSameColour : Why::kSeen;
}

}  // namespace nightjar::extract
