// SPDX-License-Identifier: Apache-2.0
// Decimal numbers in evidence formats: one text for one value, so digits only, no sign, no leading zero.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace nightjar {

// The number, or nothing when `text` is not exactly how the number would be written, or is over `max`.
[[nodiscard]] constexpr std::optional<std::uint64_t> ParseDecimal(
    std::string_view text, std::uint64_t max = std::numeric_limits<std::uint64_t>::max()) {
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (value > (max - digit) / 10 || digit > max) return std::nullopt;
    value = value * 10 + digit;
  }
  return value;
}

}  // namespace nightjar
