// SPDX-License-Identifier: Apache-2.0
// Regular expressions of profiles: RE2's language, in time linear in the text whatever the pattern
// (https://github.com/google/re2/wiki/Syntax).
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "base/result.h"

namespace nightjar::profile {

// Immutable; one thread at a time.
class Pattern final {
 public:
  // kInvalidInput with RE2's words.
  [[nodiscard]] static Result<Pattern> Compile(const std::string& pattern);
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

  struct Match {
    std::string_view whole;
    std::string_view value;  // the first group that took part, else `whole`
  };
  // The first match at or after `from`, as views into `text`.
  [[nodiscard]] std::optional<Match> Find(std::string_view text, std::size_t from = 0) const;

 private:
  struct State;
  explicit Pattern(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::profile
