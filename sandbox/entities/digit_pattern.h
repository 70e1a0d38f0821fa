// SPDX-License-Identifier: Apache-2.0
// The patterns of phone_plans.txt: digits, \d, [classes], (?:groups), alternatives and the counts ?, {n},
// {n,m}. Matched without compiling: the set of places reached so far is a bit set, and each part of the
// pattern maps one such set to the next, so the time is linear in the pattern and no input can make it
// backtrack.
#pragma once

#include <string_view>

namespace nightjar::entities {

inline constexpr std::size_t kMaxPatternDigits = 30;

// Does `pattern` (trusted, well-formed) match all of `digits`, or with `prefix` a beginning of them?
// False for more than kMaxPatternDigits.
[[nodiscard]] bool MatchesDigits(std::string_view pattern, std::string_view digits, bool prefix = false);

}  // namespace nightjar::entities
