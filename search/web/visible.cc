// SPDX-License-Identifier: Apache-2.0
#include "search/web/visible.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/bytes.h"

namespace nightjar::web {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

constexpr std::array kInvisible = std::to_array<Range>({
    {0x00, 0x08},        // C0 controls; line feed and tab stay
    {0x0B, 0x1F},        //
    {0x7F, 0x9F},        // delete and C1 controls
    {0xAD, 0xAD},        // soft hyphen
    {0x34F, 0x34F},      // combining grapheme joiner
    {0x61C, 0x61C},      // Arabic letter mark
    {0x115F, 0x1160},    // Hangul fillers
    {0x17B4, 0x17B5},    // Khmer inherent vowels
    {0x180B, 0x180F},    // Mongolian selectors and vowel separator
    {0x200B, 0x200F},    // zero width, left-to-right and right-to-left marks
    {0x2028, 0x202E},    // line and paragraph separators, embeddings and overrides
    {0x2060, 0x206F},    // word joiner, invisible operators, isolates
    {0x3164, 0x3164},    // Hangul filler
    {0xFEFF, 0xFEFF},    // byte order mark
    {0xFFA0, 0xFFA0},    // half-width Hangul filler
    {0xFFF9, 0xFFFB},    // interlinear annotations
    {0xE0000, 0xE0FFF},  // tags and further selectors
});

// The character at the front of valid UTF-8 and its length in bytes.
std::pair<char32_t, std::size_t> Front(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) < 0x80) return {byte(0), 1};
  const std::size_t length = byte(0) >= 0xF0 ? 4 : byte(0) >= 0xE0 ? 3 : 2;
  char32_t character = byte(0) & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) character = (character << 6) | (byte(i) & 0x3FU);
  return {character, length};
}

bool Invisible(char32_t character) {
  return std::ranges::any_of(kInvisible,
                             [&](Range r) { return character >= r.first && character <= r.last; });
}

}  // namespace

std::string MakeVisible(std::string_view text) {
  const std::string valid = ToValidUtf8(text);
  std::string visible;
  visible.reserve(valid.size());
  for (std::string_view rest = valid; !rest.empty();) {
    const auto [character, length] = Front(rest);
    if (Invisible(character)) {
      visible += fmt::format("‹U+{:04X}›", static_cast<std::uint32_t>(character));
    } else {
      visible += rest.substr(0, length);
    }
    rest.remove_prefix(length);
  }
  return visible;
}

std::string Defang(std::string_view url) {
  return url.starts_with("http") ? "hxxp" + std::string(url.substr(4)) : std::string(url);
}

std::string ShortHost(std::string_view host) {
  constexpr std::string_view kOnion = ".onion";
  constexpr std::size_t kShown = 12;
  if (!host.ends_with(kOnion) || host.size() <= kShown + kOnion.size()) return std::string(host);
  return std::string(host.substr(0, kShown)) + "…" + std::string(kOnion);
}

std::string Grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t place = digits.size(); place > 3; place -= 3) digits.insert(place - 3, "\u202F");
  return digits;
}

}  // namespace nightjar::web
