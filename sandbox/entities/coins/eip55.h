// SPDX-License-Identifier: Apache-2.0
// Ethereum addresses: "0x" and 40 hexadecimal digits, whose letters' case is a checksum (EIP-55).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nightjar::coins {

struct EthereumAddress {
  std::string text;      // "0x...", with the letters' case that EIP-55 asks for
  bool checked = false;  // the case was a checksum, and it holds; else all letters have one case
};

// Nothing where `word` is not of the form, or where its case is mixed and not EIP-55's. The zero address and
// others without a letter have no checksum.
[[nodiscard]] std::optional<EthereumAddress> ReadEthereumAddress(std::string_view word);

}  // namespace nightjar::coins
