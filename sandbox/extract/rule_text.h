// SPDX-License-Identifier: Apache-2.0
// The text that a rule of a site profile points at: of an element, of an attribute, beside a label.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sandbox/extract/layout.h"
#include "sandbox/parse/page.h"
#include "sandbox/profile/profile.h"

namespace nightjar::extract {

// A text with the way back to the page.
struct Piece {
  std::string text;
  Range range;      // in the visible text, of the same length as `text`; empty where it does not stand there
  wire::Span span;  // used where `range` is empty

  // A part of it, by offsets.
  [[nodiscard]] Piece Sub(std::size_t begin, std::size_t end) const;
  // Makes it that part.
  void Narrow(std::size_t begin, std::size_t end);
  // Takes blanks off both ends.
  void Trim();
};

// The wanted part of what an element shows; nothing where it shows nothing. With `hidden`, what is not shown
// counts too, where nothing is.
[[nodiscard]] std::optional<Piece> TextOf(const parse::Page& page, const Layout& layout, NodeIndex element,
                                          profile::Part part, bool hidden);

[[nodiscard]] std::optional<Piece> AttributeOf(const parse::Page& page, NodeIndex element,
                                               std::string_view name);

// What stands behind the label in its line, or in the next line where the label stands alone. Only lines
// inside `within` are looked at; menus and side bars come last.
[[nodiscard]] std::optional<Piece> TextBeside(const Layout& layout, std::string_view label, Range within);

// Where the elements [begin, end) of the tree stand in the visible text; empty where they show nothing.
[[nodiscard]] Range ShownRange(const Layout& layout, NodeIndex begin, NodeIndex end);

}  // namespace nightjar::extract
