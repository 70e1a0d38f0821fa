// SPDX-License-Identifier: Apache-2.0
// CashAddr, the addresses of Bitcoin Cash: a prefix, ":", 32-letter digits, a checksum of 40 bits. Source:
// "CashAddr specification" of the Bitcoin Cash node project, and CHIP-2022-02-CashTokens for its types 2 and
// 3.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace nightjar::coins {

struct CashAddress {
  unsigned type = 0;  // 0 key hash, 1 script hash, 2 and 3 the same that also take tokens
  Bytes hash;         // 20, 24, 28, 32, 40, 48, 56 or 64 bytes
};

// `payload`: what stands after "prefix:". The checksum covers the prefix, so an address printed without it
// can be checked where the prefix is known. Nothing where the checksum, the case or the length is wrong.
[[nodiscard]] std::optional<CashAddress> DecodeCashAddress(std::string_view prefix, std::string_view payload);

}  // namespace nightjar::coins
