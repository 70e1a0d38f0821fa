// SPDX-License-Identifier: Apache-2.0
// The visible text of a page, line by line, with the way back to the nodes it came from. Lines are what a
// person would call lines: blocks, table cells, list items and <br> begin new ones. White space is folded
// (no-break space too). Every reading rule works on lines and runs, so no rule depends on how a template
// spells its boxes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/extract/visibility.h"
#include "sandbox/parse/tree.h"

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
};

// A stretch of one text node inside one line.
struct Run {
  Range range;
  NodeIndex node = 0;        // the text node
  std::uint32_t source = 0;  // where in the node's text it begins
};

struct Layout {
  std::string text;    // lines, separated by '\n', cells of one row by ' '
  std::string hidden;  // text of elements that are not shown
  std::vector<Line> lines;
  std::vector<Run> runs;

  [[nodiscard]] std::string_view At(Range range) const {
    return std::string_view(text).substr(range.begin, range.end - range.begin);
  }
};

[[nodiscard]] Layout LayOut(const Tree& tree, const Visibility& visibility);

// Does nothing below this element ever show as text of the page (script, style, head, ...)?
[[nodiscard]] bool IsUnseen(Tag tag);

// Where a range of the text stands in the markup: exact where the markup's characters can be followed, else
// the whole of the text nodes it comes from.
[[nodiscard]] Range LocateInMarkup(const Tree& tree, const Layout& layout, Range range);

}  // namespace nightjar::extract
