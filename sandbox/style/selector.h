// SPDX-License-Identifier: Apache-2.0
// Selectors: which elements does a rule mean? Type, class, id and attribute tests, :not(), :root, :link and
// the :first/:last/:only/:nth(-last)-child family, with all four combinators. Source: Selectors Level 3
// (https://www.w3.org/TR/selectors-3/), the "i" flag of Level 4. Anything else (pseudo-elements, :is(),
// :has(), :nth-of-type(), ...) is not understood, and a selector with it is no selector.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nightjar::style {

struct Compound;

struct Test {  // of one element
  enum class Kind : std::uint8_t {
    kClass,
    kId,
    kAttribute,
    kNot,
    kNthChild,
    kNthLastChild,
    kRoot,
    kLink,
    kNever
  };
  Kind kind = Kind::kNever;
  char match = 0;         // kAttribute: 0 present, else '=', '~', '|', '^', '$' or '*'
  bool any_case = false;  // kAttribute: ASCII case does not count
  std::string name;       // class, id, or attribute (lower case)
  std::string value;
  int step = 0, offset = 0;            // of an+b
  std::vector<Compound> alternatives;  // kNot: none may match
};

struct Compound {
  std::string type;  // lower case; empty for any
  std::vector<Test> tests;
};

struct Selector {
  struct Part {
    Compound compound;
    char combinator = 0;  // to the part on its left: ' ', '>', '+' or '~'; 0 for the leftmost
  };
  std::vector<Part> parts;        // from right to left: the first is the element the rule is about
  std::uint32_t specificity = 0;  // ids << 16 | classes, attributes, pseudo-classes << 8 | types
  bool on_action = false;         // holds only while somebody points at, clicks or chooses something
  bool on_own_action = false;     // ... at the very element: one that is not there cannot be pointed at
};

inline constexpr std::size_t kLongestSelector = 512;
inline constexpr std::size_t kMostParts = 16;

// Nothing for what is not understood. Pseudo-classes of action (:hover, :focus, :target, :checked, ...) are
// noted and otherwise left out.
[[nodiscard]] std::optional<Selector> ParseSelector(std::string_view text);

}  // namespace nightjar::style
