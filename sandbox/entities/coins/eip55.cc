// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/coins/eip55.h"

#include "sandbox/entities/coins/base32.h"
#include "sandbox/entities/coins/keccak.h"

namespace nightjar::coins {
namespace {

constexpr std::size_t kDigits = 40;

bool IsHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// Letters over whose digit the hash has 8 or more become capitals.
void PutCase(std::string& lower) {
  const Digest hash = Keccak256(lower);
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const unsigned digit = hash.bytes[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15U;
    if (digit >= 8 && lower[i] >= 'a') lower[i] = static_cast<char>(lower[i] - 32);
  }
}

}  // namespace

std::optional<EthereumAddress> ReadEthereumAddress(std::string_view word) {
  if (word.size() != kDigits + 2 || word[0] != '0' || (word[1] != 'x' && word[1] != 'X')) return std::nullopt;
  const std::string_view digits = word.substr(2);
  std::string written;
  for (const char c : digits) {
    if (!IsHex(c)) return std::nullopt;
    written.push_back(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
  }
  PutCase(written);
  const bool one_case = OneCase(digits).has_value();
  if (!one_case && written != digits) return std::nullopt;
  return EthereumAddress{"0x" + written, !one_case};
}

}  // namespace nightjar::coins
