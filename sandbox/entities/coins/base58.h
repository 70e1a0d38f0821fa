// SPDX-License-Identifier: Apache-2.0
// Base58 and Base58Check. Source: Bitcoin's base58.cpp and the "Base58Check encoding" page of its wiki; the
// order of XRP's letters is that of xrpl.org, "Base58 encodings".
#pragma once

#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace nightjar::coins {

inline constexpr std::string_view kBitcoinLetters =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
inline constexpr std::string_view kRippleLetters =
    "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

inline constexpr std::size_t kMaxBase58 = 128;  // characters: decoding takes time with their square

// The number that `text` writes in base 58, big-endian, one zero byte for each leading zero digit. Nothing
// for other characters, an empty text or one over kMaxBase58. `letters`: 58 different ones, zero first.
[[nodiscard]] std::optional<Bytes> Base58Decode(std::string_view text, std::string_view letters);

// The same without its last four bytes, where those are the first four of SHA-256(SHA-256(rest)); else
// nothing.
[[nodiscard]] std::optional<Bytes> Base58CheckDecode(std::string_view text, std::string_view letters);

// Monero's way: blocks of 11 digits for 8 bytes each, most significant first, a shorter last block (Monero's
// base58.cpp). Nothing for other characters, a block that overflows or a length no bytes have.
[[nodiscard]] std::optional<Bytes> MoneroBase58Decode(std::string_view text);

}  // namespace nightjar::coins
