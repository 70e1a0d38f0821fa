// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/coins/base32.h"

namespace nightjar::coins {
namespace {

constexpr std::string_view kLetters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

}  // namespace

std::optional<std::string> OneCase(std::string_view text) {
  bool upper = false;
  bool lower = false;
  std::string folded(text);
  for (char& c : folded) {
    lower = lower || (c >= 'a' && c <= 'z');
    if (c < 'A' || c > 'Z') continue;
    upper = true;
    c = static_cast<char>(c + 32);
  }
  if (upper && lower) return std::nullopt;
  return folded;
}

std::optional<std::vector<std::uint8_t>> Base32Values(std::string_view text) {
  std::vector<std::uint8_t> values;
  values.reserve(text.size());
  for (const char c : text) {
    const std::size_t value = kLetters.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    values.push_back(static_cast<std::uint8_t>(value));
  }
  return values;
}

}  // namespace nightjar::coins
