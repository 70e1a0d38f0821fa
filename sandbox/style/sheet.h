// SPDX-License-Identifier: Apache-2.0
// The rules of a page's own <style> elements, as far as they can hide text. At-rules: @media counts where it
// holds for a screen of kViewWidth by kViewHeight, as far as type, width and height say so (whatever else it
// asks for makes it not count: what it hides may well be seen); @supports without "not" and @layer count;
// @import and the rest do not. External sheets are never loaded. Sources: CSS Syntax 3, Media Queries 3.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "sandbox/css/selector.h"
#include "sandbox/style/declarations.h"

namespace nightjar::style {

struct Rule {  // one selector of a rule; later in the list is later on the page
  css::SheetSelector selector;
  std::uint32_t first = 0, past = 0;  // its declarations
};

struct Sheet {
  std::vector<Rule> rules;
  std::vector<Declaration> declarations;
  bool cut = false;  // there were more rules than the caps allow; the rest was not read
};

inline constexpr std::size_t kMostRules = 4000;
inline constexpr std::size_t kMostSheetBytes = 1 << 20;  // of all <style> elements of a page
inline constexpr int kMostNesting = 8;                   // at-rules within at-rules

// Appends the rules of one <style> element to the sheet. Linear in `text`.
void ReadSheet(std::string_view text, Sheet& sheet);

// Does a media query list hold for the screen above?
[[nodiscard]] bool MediaHolds(std::string_view query);

}  // namespace nightjar::style
