// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/coins/cashaddr.h"

#include <array>

#include "sandbox/entities/coins/base32.h"
#include "sandbox/entities/coins/bech32.h"

namespace nightjar::coins {
namespace {

constexpr std::size_t kChecksum = 8;  // characters
constexpr std::size_t kMaxPayload = 112;
constexpr std::array<std::uint64_t, 5> kGenerator = {0x98f2bc8e61, 0x79b76d99e2, 0xf33e5fb3c4, 0xae2eabe2a8,
                                                     0x1e4f43e470};
constexpr std::array<std::size_t, 8> kHashSizes = {20, 24, 28, 32, 40, 48, 56, 64};

std::uint64_t Step(std::uint64_t sum, std::uint8_t value) {
  const std::uint64_t top = sum >> 35;
  sum = (sum & 0x07ffffffff) << 5 ^ value;
  for (std::size_t i = 0; i < kGenerator.size(); ++i)
    if ((top >> i & 1) != 0) sum ^= kGenerator[i];
  return sum;
}

}  // namespace

std::optional<CashAddress> DecodeCashAddress(std::string_view prefix, std::string_view payload) {
  if (payload.size() <= kChecksum || payload.size() > kMaxPayload) return std::nullopt;
  const auto lower = OneCase(payload);
  if (!lower) return std::nullopt;
  auto values = Base32Values(*lower);
  if (!values) return std::nullopt;
  std::uint64_t sum = 1;
  for (const char c : prefix) sum = Step(sum, static_cast<std::uint8_t>(c) & 31);
  sum = Step(sum, 0);
  for (const std::uint8_t value : *values) sum = Step(sum, value);
  if (sum != 1) return std::nullopt;
  values->resize(values->size() - kChecksum);
  const auto bytes = BytesOf(*values);
  if (!bytes || bytes->empty()) return std::nullopt;
  const auto version = static_cast<std::uint8_t>(bytes->front());
  if ((version & 0x80) != 0 || bytes->size() - 1 != kHashSizes[version & 7]) return std::nullopt;
  return CashAddress{static_cast<unsigned>(version >> 3), bytes->substr(1)};
}

}  // namespace nightjar::coins
