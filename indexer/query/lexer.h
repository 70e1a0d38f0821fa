// SPDX-License-Identifier: Apache-2.0
// The first half of Parse(): a query's text as tokens, each with its place.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"

namespace nightjar::query {

enum class TokenKind { kOpen, kClose, kAnd, kOr, kNot, kNear, kValue, kEnd };

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string_view field = {};  // kValue: what stood before the colon, or empty
  std::string_view text = {};   // kValue: the value, quotes taken off; kNear: the digits after the slash
  bool quoted = false;
  std::size_t at = 0;        // byte where the token begins
  std::size_t value_at = 0;  // byte where the value begins
};

// Views point into `text`. Ends with one kEnd token. kInvalidInput for an unclosed quote or a field without
// value.
[[nodiscard]] Result<std::vector<Token>> Tokens(std::string_view text);

}  // namespace nightjar::query
