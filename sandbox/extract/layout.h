// SPDX-License-Identifier: Apache-2.0
// The visible text of a page, line by line, with the way back to the nodes it came from. Lines are what a
// person would call lines: blocks, table cells, list items and <br> begin new ones. White space is folded
// (no-break space too), zero-width and bidi marks are left out. Every reading rule works on lines and runs,
// so no rule depends on how a template spells its boxes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/extract/visibility.h"
#include "sandbox/parse/tree.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

using parse::NodeIndex;
using parse::Tag;
using parse::Tree;

struct Range {  // half open, in Layout::text
  std::uint32_t begin = 0, end = 0;
  friend bool operator==(const Range&, const Range&) = default;
};

struct Line {
  Range range;
  std::uint32_t first_run = 0, past_run = 0;
  NodeIndex cell = 0;        // innermost td, th, dt or dd around it; 0 if none
  std::uint8_t heading = 0;  // 1..6 inside h1..h6
  bool navigation = false;   // in a menu, side bar or footer
  bool control = false;      // in a select, button or textarea
  bool crumb = false;        // in a breadcrumb trail
  bool banner = false;       // in a <header> of the whole page
};

// A stretch of one text node inside one line.
struct Run {
  Range range;
  NodeIndex node = 0;        // the text node
  std::uint32_t source = 0;  // where in the node's text it begins
};

struct Layout {
  std::string text;  // lines, separated by '\n', cells of one row by ' '
  // Text that is not shown: for each outermost element that hides it one line, its reason first
  // ("display-none: buy here"; reasons: visibility.h). A line "style-unread:" says that reasons may be
  // missing.
  std::string hidden;
  std::vector<Line> lines;
  std::vector<Run> runs;
  std::vector<Run> hidden_runs;  // likewise, ranges in `hidden`
  wire::Marks marks;             // taken out of `text`

  [[nodiscard]] std::string_view At(Range range) const {
    return std::string_view(text).substr(range.begin, range.end - range.begin);
  }
};

[[nodiscard]] Layout LayOut(const Tree& tree, const Visibility& visibility);

// Does nothing below this element ever show as text of the page (script, style, head, ...)?
[[nodiscard]] bool IsUnseen(Tag tag);

// Menus, side bars, page headers and footers, as ranges of the text: neighbouring lines are one range.
[[nodiscard]] std::vector<wire::Span> FurnitureOf(const Layout& layout);

// Where a range of the text stands in the markup: exact where the markup's characters can be followed, else
// the whole of the text nodes it comes from.
[[nodiscard]] Range LocateInMarkup(const Tree& tree, const Layout& layout, Range range);
// The same for a range of `layout.hidden`. The reasons stand nowhere.
[[nodiscard]] Range LocateHiddenInMarkup(const Tree& tree, const Layout& layout, Range range);

}  // namespace nightjar::extract
