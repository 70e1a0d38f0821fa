// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/coins/bech32.h"

#include <algorithm>
#include <array>

#include "sandbox/entities/coins/base32.h"

namespace nightjar::coins {
namespace {

constexpr std::size_t kChecksum = 6;
constexpr std::uint32_t kBech32Constant = 1;
constexpr std::uint32_t kBech32mConstant = 0x2bc830a3;
constexpr std::array<std::uint32_t, 5> kGenerator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd,
                                                     0x2a1462b3};

std::uint32_t Step(std::uint32_t sum, std::uint8_t value) {
  const std::uint32_t top = sum >> 25;
  sum = (sum & 0x1ffffff) << 5 ^ value;
  for (std::size_t i = 0; i < kGenerator.size(); ++i)
    if ((top >> i & 1) != 0) sum ^= kGenerator[i];
  return sum;
}

std::uint32_t Checksum(std::string_view prefix, const std::vector<std::uint8_t>& values) {
  std::uint32_t sum = 1;
  for (const char c : prefix) sum = Step(sum, static_cast<std::uint8_t>(c) >> 5);
  sum = Step(sum, 0);
  for (const char c : prefix) sum = Step(sum, static_cast<std::uint8_t>(c) & 31);
  for (const std::uint8_t value : values) sum = Step(sum, value);
  return sum;
}

}  // namespace

std::optional<Bech32> DecodeBech32(std::string_view text, std::size_t max_length) {
  if (text.size() > max_length) return std::nullopt;
  const auto lower = OneCase(text);
  if (!lower) return std::nullopt;
  const std::size_t one = lower->rfind('1');
  if (one == std::string::npos || one == 0 || one + kChecksum >= lower->size()) return std::nullopt;
  if (!std::all_of(lower->begin(), lower->end(), [](char c) { return c >= 33 && c <= 126; }))
    return std::nullopt;
  auto values = Base32Values(std::string_view(*lower).substr(one + 1));
  if (!values) return std::nullopt;
  Bech32 decoded;
  decoded.prefix = lower->substr(0, one);
  const std::uint32_t sum = Checksum(decoded.prefix, *values);
  if (sum != kBech32Constant && sum != kBech32mConstant) return std::nullopt;
  decoded.form = sum == kBech32Constant ? Bech32Form::kBech32 : Bech32Form::kBech32m;
  values->resize(values->size() - kChecksum);
  decoded.values = std::move(*values);
  return decoded;
}

std::optional<Bytes> BytesOf(const std::vector<std::uint8_t>& values, std::size_t first) {
  Bytes bytes;
  unsigned bits = 0;
  std::uint32_t pending = 0;
  for (std::size_t i = first; i < values.size(); ++i) {
    pending = (pending << 5 | values[i]) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push_back(static_cast<char>(pending >> bits));
  }
  if (bits > 4 || (pending & ((1U << bits) - 1)) != 0) return std::nullopt;
  return bytes;
}

std::optional<WitnessAddress> DecodeWitnessAddress(std::string_view text, std::string_view prefix) {
  const auto decoded = DecodeBech32(text);
  if (!decoded || decoded->prefix != prefix || decoded->values.empty()) return std::nullopt;
  WitnessAddress address;
  address.version = decoded->values.front();
  if (address.version > 16) return std::nullopt;
  if ((address.version == 0) != (decoded->form == Bech32Form::kBech32)) return std::nullopt;
  auto program = BytesOf(decoded->values, 1);
  if (!program || program->size() < 2 || program->size() > 40) return std::nullopt;
  if (address.version == 0 && program->size() != 20 && program->size() != 32) return std::nullopt;
  address.program = std::move(*program);
  return address;
}

}  // namespace nightjar::coins
