// SPDX-License-Identifier: Apache-2.0
// Every kind of entity: what it means, what makes it count, and the source of that rule.
#pragma once

#include <span>
#include <string_view>

namespace nightjar::entities {

struct Kind {
  std::string_view name;     // snake_case, as in Found::kind
  std::string_view meaning;  // one line for a person, with the canonical form
  std::string_view source;
  bool checked = false;  // counts only where a checksum holds
};

[[nodiscard]] std::span<const Kind> Kinds();  // sorted by name

}  // namespace nightjar::entities
