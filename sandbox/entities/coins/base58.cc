// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/coins/base58.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/digest.h"

namespace nightjar::coins {
namespace {

constexpr unsigned kNoDigit = 255;
using DigitTable = std::array<std::uint8_t, 256>;

constexpr DigitTable DigitsOf(std::string_view letters) {
  DigitTable table{};
  table.fill(kNoDigit);
  for (std::size_t i = 0; i < letters.size(); ++i)
    table[static_cast<std::uint8_t>(letters[i])] = static_cast<std::uint8_t>(i);
  return table;
}

constexpr DigitTable kBitcoinDigits = DigitsOf(kBitcoinLetters);
constexpr DigitTable kRippleDigits = DigitsOf(kRippleLetters);

// Multiplies the big-endian number by 58 and adds a digit.
void Push(std::vector<std::uint8_t>& little_endian, unsigned digit) {
  unsigned carry = digit;
  for (std::uint8_t& byte : little_endian) {
    carry += 58U * byte;
    byte = static_cast<std::uint8_t>(carry);
    carry >>= 8;
  }
  if (carry != 0) little_endian.push_back(static_cast<std::uint8_t>(carry));
}

// Bytes for a last block of 0..11 digits; -1 where no number of bytes needs exactly as many.
constexpr std::array<int, 12> kMoneroBlockBytes = {0, -1, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8};
constexpr std::size_t kMoneroBlock = 11;

// One block, appended to `bytes`.
bool DecodeMoneroBlock(std::string_view block, Bytes& bytes) {
  const int size = kMoneroBlockBytes[block.size()];
  if (size < 0) return false;
  std::uint64_t value = 0;
  for (const char c : block) {
    const unsigned digit = kBitcoinDigits[static_cast<std::uint8_t>(c)];
    if (digit == kNoDigit || __builtin_mul_overflow(value, std::uint64_t{58}, &value)) return false;
    if (__builtin_add_overflow(value, std::uint64_t{digit}, &value)) return false;
  }
  if (size < 8 && value >> (8 * size) != 0) return false;
  for (int i = size - 1; i >= 0; --i) bytes.push_back(static_cast<char>(value >> (8 * i)));
  return true;
}

}  // namespace

std::optional<Bytes> Base58Decode(std::string_view text, std::string_view letters) {
  if (text.empty() || text.size() > kMaxBase58) return std::nullopt;
  const DigitTable& digits = letters == kRippleLetters ? kRippleDigits : kBitcoinDigits;
  std::vector<std::uint8_t> number;
  number.reserve(text.size());
  for (const char c : text) {
    const unsigned digit = digits[static_cast<std::uint8_t>(c)];
    if (digit == kNoDigit) return std::nullopt;
    Push(number, digit);
  }
  Bytes bytes(std::min(text.find_first_not_of(letters.front()), text.size()), '\0');
  bytes.append(number.rbegin(), number.rend());
  return bytes;
}

std::optional<Bytes> Base58CheckDecode(std::string_view text, std::string_view letters) {
  constexpr std::size_t kChecksum = 4;
  auto bytes = Base58Decode(text, letters);
  if (!bytes || bytes->size() <= kChecksum) return std::nullopt;
  const ByteView payload = ByteView(*bytes).substr(0, bytes->size() - kChecksum);
  const Digest twice = Sha256(Sha256(payload).View());
  if (twice.View().substr(0, kChecksum) != ByteView(*bytes).substr(payload.size())) return std::nullopt;
  bytes->resize(payload.size());
  return bytes;
}

std::optional<Bytes> MoneroBase58Decode(std::string_view text) {
  if (text.empty() || text.size() > kMaxBase58) return std::nullopt;
  Bytes bytes;
  for (std::size_t at = 0; at < text.size(); at += kMoneroBlock) {
    if (!DecodeMoneroBlock(text.substr(at, kMoneroBlock), bytes)) return std::nullopt;
  }
  return bytes;
}

}  // namespace nightjar::coins
