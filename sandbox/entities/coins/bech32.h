// SPDX-License-Identifier: Apache-2.0
// Bech32 (BIP 173) and Bech32m (BIP 350): a human-readable part, "1", five-bit values, a checksum of six of
// them; and the segregated-witness addresses written in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace nightjar::coins {

enum class Bech32Form : std::uint8_t { kBech32, kBech32m };

struct Bech32 {
  Bech32Form form = Bech32Form::kBech32;
  std::string prefix;                // the human-readable part, lower case
  std::vector<std::uint8_t> values;  // five bits each, without the checksum
};

inline constexpr std::size_t kMaxBech32 = 90;            // BIP 173
inline constexpr std::size_t kMaxUnifiedAddress = 1024;  // ZIP 316 sets no limit; none in use comes near this

// Nothing where the checksum is of neither form, letters of both cases are mixed, or a character or length is
// not allowed.
[[nodiscard]] std::optional<Bech32> DecodeBech32(std::string_view text, std::size_t max_length = kMaxBech32);

// Five-bit values as bytes: nothing where more than four bits, or bits that are not zero, are left over.
[[nodiscard]] std::optional<Bytes> BytesOf(const std::vector<std::uint8_t>& values, std::size_t first = 0);

struct WitnessAddress {
  unsigned version = 0;  // 0..16
  Bytes program;         // 2..40 bytes; 20 or 32 for version 0
};

// An address whose human-readable part is `prefix`; version 0 in Bech32, later ones in Bech32m.
[[nodiscard]] std::optional<WitnessAddress> DecodeWitnessAddress(std::string_view text,
                                                                 std::string_view prefix);

}  // namespace nightjar::coins
