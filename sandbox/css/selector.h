// SPDX-License-Identifier: Apache-2.0
// CSS selectors as site profiles use them: parsed once, matched by sandbox/extract over the tree of a page.
// Source: Selectors Level 4 (W3C), the part that a static tree can answer, and jQuery's :contains.
//
//   div  *  .class  #id  [a]  [a=v]  [a~=v]  [a|=v]  [a^=v]  [a$=v]  [a*=v]  ("v" or 'v'; `i`: any letter
//   case) A B   A > B   A + B   A ~ B   A, B :not(...)  :is(...)  :has(...)  :contains("text")  :scope :empty
//   :first-child  :last-child  :only-child :nth-child(2n+1)  :nth-last-child(...)  :first-of-type
//   :last-of-type  :nth-of-type(...)
//
// A selector may begin with a combinator ("> td", "+ span"): it then counts from the element it is asked of.
// :contains compares with white space folded, letter case counting. Element and attribute names match in any
// letter case, classes and ids exactly.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace nightjar::css {

enum class Combinator : std::uint8_t { kNone, kDescendant, kChild, kNext, kLater };

struct AttributeTest {
  enum class How : std::uint8_t { kPresent, kEquals, kWord, kDash, kPrefix, kSuffix, kPart };
  std::string name;  // lower case
  How how = How::kPresent;
  std::string value;
  bool any_case = false;
};

// Is the element number a*n + b, n = 0, 1, ..., among its siblings? Counted from 1.
struct NthTest {
  int a = 0, b = 0;
  bool from_end = false;
  bool of_type = false;  // only siblings of the same name count
  bool also = false;     // the other half of :only-child
};

struct Complex;
using SelectorList = std::vector<Complex>;

struct Compound {
  std::string element;           // lower case; empty: any
  std::vector<std::string> ids;  // all must hold
  std::vector<std::string> classes;
  std::vector<AttributeTest> attributes;
  std::vector<NthTest> nth;
  std::vector<std::string> contains;  // white space folded
  std::vector<SelectorList> is_not, is_any, has;
  bool scope = false;  // the element the selector is asked of
  bool empty = false;  // without elements and text in it
  bool root = false;
  bool link = false;   // an <a> that leads somewhere
  bool never = false;  // :visited: the reader has been nowhere
};

// How a compound stands to the one before it; the first one's, where it is not kNone, to the scope.
struct Step {
  Combinator combinator = Combinator::kNone;
  Compound compound;
};

struct Complex {
  std::vector<Step> steps;
};

inline constexpr std::size_t kMaxSelector = 512;  // bytes
inline constexpr int kMaxNesting = 4;             // of :not, :is and :has

// kInvalidInput says what is wrong and at which character (from 1).
[[nodiscard]] Result<SelectorList> ParseSelector(std::string_view text);

// A selector of a page's own style rules, where :root, :link, :any-link and :visited are known too, and
// pseudo-classes of action (:hover, :focus, :target, :checked, ...) are noted and otherwise left out.
struct SheetSelector {
  Complex complex;
  std::uint32_t specificity = 0;  // ids << 16 | classes, attributes, pseudo-classes << 8 | types
  bool on_action = false;         // holds only while somebody points at, clicks or chooses something
  bool on_own_action = false;     // ... at the very element: one that is not there cannot be pointed at
};

inline constexpr std::size_t kMaxSheetSteps = 16;

// One selector, without commas. An error for what is not understood (pseudo-elements, ...): as in browsers,
// the rule then means nothing. Weights: Selectors Level 4, section 17.
[[nodiscard]] Result<SheetSelector> ParseSheetSelector(std::string_view text);

}  // namespace nightjar::css
