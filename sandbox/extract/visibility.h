// SPDX-License-Identifier: Apache-2.0
// Which elements a page never shows: by the `hidden` attribute, by inline style, or by a rule of its own
// <style> that hides one class, id or element ("a.bait { display: none }") and that no other rule takes back:
// tabs and drop-down menus are hidden only until somebody points at them. Selectors with combinators,
// external style sheets and hiding by position or colour are not understood here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/parse/tree.h"

namespace nightjar::extract {

class Visibility final {
 public:
  explicit Visibility(const parse::Tree& tree);

  // Is the element, and so everything below it, invisible?
  [[nodiscard]] bool Hides(const parse::Node& node) const;

 private:
  struct Selector {                    // all parts must match
    std::string element;               // "a"; empty for any
    std::string id;                    // empty for any
    std::vector<std::string> classes;  // each must be among the element's
  };

  void ReadStyle(std::string_view sheet);
  void ReadRule(std::string_view selectors, std::string_view declarations);
  [[nodiscard]] static bool Parse(std::string_view text, Selector& selector);
  [[nodiscard]] bool Matches(const Selector& selector, const parse::Node& node) const;
  [[nodiscard]] bool IsTakenBack(const Selector& selector) const;

  const parse::Tree& tree_;
  std::vector<Selector> hiding_;
  std::vector<std::string> shown_;  // selectors, as written, of rules that show something
};

}  // namespace nightjar::extract
