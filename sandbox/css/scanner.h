// SPDX-License-Identifier: Apache-2.0
// The characters of a selector, one step at a time (CSS Syntax Level 3: names, strings, escapes, An+B).
// For the files of this folder.
#pragma once

#include <string>
#include <string_view>

#include "sandbox/css/selector.h"

namespace nightjar::css {

// Runs of white space as one blank, none at the ends.
[[nodiscard]] std::string FoldSpace(std::string_view text);
[[nodiscard]] std::string AsciiLower(std::string_view text);

class Scanner final {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  [[nodiscard]] bool AtEnd() const { return at_ == text_.size(); }
  [[nodiscard]] bool Sees(char c) const { return !AtEnd() && text_[at_] == c; }
  bool Take(char c);
  bool SkipSpace();  // was there any?

  [[nodiscard]] bool SeesName() const;
  std::string TakeName();           // escapes undone; only where SeesName()
  Result<std::string> TakeValue();  // a name, a number or a quoted string
  Result<NthTest> TakeNth();        // "odd", "even", "3", "2n+1", "-n+3"

  // What stands here and what is wrong with it.
  [[nodiscard]] tl::unexpected<Error> Wrong(std::string_view what) const;

 private:
  void TakeEscape(std::string& out);  // the backslash is taken
  bool TakeInteger(int& value);

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace nightjar::css
