// SPDX-License-Identifier: Apache-2.0
#include "base/onion.h"

#include <algorithm>

namespace nightjar {
namespace {

constexpr std::string_view kSuffix = ".onion";
constexpr std::size_t kLabelV3 = 56;
constexpr std::size_t kLabelV2 = 16;
constexpr char kVersion = '\x03';

// Two bytes of SHA3-256(".onion checksum" ‖ public key ‖ version).
std::string Checksum(ByteView public_key) {
  std::string input = ".onion checksum";
  input.append(public_key);
  input.push_back(kVersion);
  return std::string(Sha3_256(input).View().substr(0, 2));
}

}  // namespace

Result<OnionAddress> OnionAddress::Parse(std::string_view host) {
  std::string lower(host.substr(0, 512));
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
  if (!lower.ends_with(kSuffix)) return Fail(Code::kInvalidInput, "is not an onion host", lower);
  std::string_view label = std::string_view(lower).substr(0, lower.size() - kSuffix.size());
  if (const auto dot = label.rfind('.'); dot != std::string_view::npos) label.remove_prefix(dot + 1);
  if (label.size() == kLabelV2) {
    return Fail(Code::kInvalidInput, "is a v2 onion name; such services ended with Tor 0.4.6", lower);
  }
  const auto raw = label.size() == kLabelV3 ? Base32Decode(label) : Base32Decode("1");
  if (!raw) return Fail(Code::kInvalidInput, "is not a v3 onion address (56 characters of a-z, 2-7)", lower);
  if ((*raw)[34] != kVersion || raw->substr(32, 2) != Checksum(ByteView(*raw).substr(0, 32))) {
    return Fail(Code::kInvalidInput, "has a wrong checksum; a character was mistyped or lost", lower);
  }
  return OnionAddress(std::string(label) + std::string(kSuffix));
}

OnionAddress OnionAddress::FromKey(const VerifyKey& key) {
  std::string raw(key.View());
  raw += Checksum(key.View());
  raw.push_back(kVersion);
  return OnionAddress(Base32Encode(raw) + std::string(kSuffix));
}

}  // namespace nightjar
