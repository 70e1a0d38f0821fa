// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal.h"

#include <fmt/format.h>

#include <cstdint>

#include "base/bytes.h"

namespace nightjar::cli {
namespace {

// Length and code point of the character at the head of valid UTF-8.
std::pair<std::size_t, std::uint32_t> Head(std::string_view text) {
  const auto at = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
  };
  if (at(0) < 0x80) return {1, at(0)};
  if (at(0) < 0xE0) return {2, (at(0) & 0x1F) << 6 | (at(1) & 0x3F)};
  if (at(0) < 0xF0) return {3, (at(0) & 0x0F) << 12 | (at(1) & 0x3F) << 6 | (at(2) & 0x3F)};
  return {4, (at(0) & 0x07) << 18 | (at(1) & 0x3F) << 12 | (at(2) & 0x3F) << 6 | (at(3) & 0x3F)};
}

bool IsControl(std::uint32_t point) { return point < 0x20 || (point >= 0x7F && point < 0xA0); }

// Unicode 15, UAX #9 explicit directional characters, and the zero-width ones used to split or join words.
bool IsInvisible(std::uint32_t point) {
  return (point >= 0x200B && point <= 0x200F) || (point >= 0x202A && point <= 0x202E) ||
         (point >= 0x2060 && point <= 0x2069) || point == 0x061C || point == 0xFEFF || point == 0x00AD;
}

}  // namespace

std::string ForTerminal(std::string_view text) {
  const std::string valid = ToValidUtf8(text);
  std::string out;
  for (std::string_view rest = valid; !rest.empty();) {
    const auto [length, point] = Head(rest);
    if (IsControl(point)) {
      out.push_back(' ');
    } else if (IsInvisible(point)) {
      out += fmt::format("<U+{:04X}>", point);
    } else {
      out.append(rest.substr(0, length));
    }
    rest.remove_prefix(length);
  }
  return out;
}

}  // namespace nightjar::cli
