// SPDX-License-Identifier: Apache-2.0
// The 32 letters that Bech32 (BIP 173) and CashAddr share, five bits each, and their rule on case.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nightjar::coins {

// `text` in lower case; nothing where it has letters of both cases.
[[nodiscard]] std::optional<std::string> OneCase(std::string_view text);

// One value for each character of lower-case `text`; nothing where one is not among the letters.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> Base32Values(std::string_view text);

}  // namespace nightjar::coins
