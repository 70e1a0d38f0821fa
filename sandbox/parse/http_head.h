// SPDX-License-Identifier: Apache-2.0
// The stored response head (RFC 9112 sections 4 and 5), read as leniently as a browser would: whatever is not
// a field is skipped, nothing is an error.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace nightjar::parse {

struct HeadField {
  std::string name;        // lower case
  std::string_view value;  // trimmed; a view into the head
};

struct Head {
  int status = 0;  // 0 where there is no status line
  std::vector<HeadField> fields;

  // Value of the first field of that (lower-case) name; empty if there is none.
  [[nodiscard]] std::string_view First(std::string_view name) const;
  // Every comma-separated word of every field of that name, in order, lower case (RFC 9110 section 5.6.1).
  [[nodiscard]] std::vector<std::string> Words(std::string_view name) const;
};

inline constexpr std::size_t kMaxHeadFields = 200;  // later ones are not looked at

// The views point into `raw`.
[[nodiscard]] Head ParseHead(ByteView raw);

}  // namespace nightjar::parse
