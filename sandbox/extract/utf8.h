// SPDX-License-Identifier: Apache-2.0
// Characters of text that is known to be valid UTF-8, one at a time. Bytes that are no character (which
// cannot be, but must do no harm) count as one each.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nightjar::extract {

struct Character {
  char32_t code = 0;
  std::size_t size = 1;  // bytes
};

// `at` < text.size(), at the first byte of a character.
[[nodiscard]] constexpr Character CharacterAt(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || at + size > text.size()) return {0xFFFD, 1};
  char32_t code = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i)
    code = (code << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  return {code, size};
}

// The character that ends at `at` > 0.
[[nodiscard]] constexpr Character CharacterBefore(std::string_view text, std::size_t at) {
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < 4 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) --begin;
  return CharacterAt(text, begin);
}

inline void AppendCharacter(std::string& out, char32_t c) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
    return;
  }
  const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  constexpr unsigned kLead[] = {0, 0xC0, 0xE0, 0xF0};
  out.push_back(static_cast<char>(kLead[more] | (c >> (6 * more))));
  for (int i = more - 1; i >= 0; --i) out.push_back(static_cast<char>(0x80 | ((c >> (6 * i)) & 0x3F)));
}

}  // namespace nightjar::extract
