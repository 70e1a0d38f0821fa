// SPDX-License-Identifier: Apache-2.0
// Yes or no, in the words and signs sites print.
#pragma once

#include <optional>
#include <string_view>

namespace nightjar::values {

// "yes", "true", "✓", "enabled", "allowed" -> true; "no", "✗", "not allowed", "disabled" -> false. The text
// as a whole, case and white space apart; anything else is nothing.
[[nodiscard]] std::optional<bool> FlagOf(std::string_view text);

}  // namespace nightjar::values
