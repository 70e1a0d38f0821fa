// SPDX-License-Identifier: Apache-2.0
#include "cli/width.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cstdint>

namespace nightjar::cli {
namespace {

struct Range {
  std::uint32_t first, last;
};
constexpr std::array kWide = std::to_array<Range>({{0x1100, 0x115F},
                                                   {0x2E80, 0x303E},
                                                   {0x3041, 0x33FF},
                                                   {0x3400, 0x4DBF},
                                                   {0x4E00, 0x9FFF},
                                                   {0xA000, 0xA4CF},
                                                   {0xAC00, 0xD7A3},
                                                   {0xF900, 0xFAFF},
                                                   {0xFE30, 0xFE6F},
                                                   {0xFF00, 0xFF60},
                                                   {0xFFE0, 0xFFE6},
                                                   {0x1F300, 0x1F64F},
                                                   {0x1F680, 0x1F6FF},
                                                   {0x1F900, 0x1F9FF},
                                                   {0x20000, 0x3FFFD}});
constexpr std::array kNone = std::to_array<Range>({{0x0300, 0x036F},
                                                   {0x0483, 0x0489},
                                                   {0x0591, 0x05BD},
                                                   {0x064B, 0x065F},
                                                   {0x0E31, 0x0E31},
                                                   {0x0E34, 0x0E3A},
                                                   {0x1AB0, 0x1AFF},
                                                   {0x1DC0, 0x1DFF},
                                                   {0x20D0, 0x20FF},
                                                   {0xFE00, 0xFE0F},
                                                   {0xFE20, 0xFE2F}});

template <typename Ranges>
bool In(std::uint32_t point, const Ranges& ranges) {
  for (const Range& range : ranges)
    if (point >= range.first && point <= range.last) return true;
  return false;
}

std::size_t LengthOf(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte < 0xC0) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

std::size_t WidthOfOne(std::string_view character) {
  constexpr std::uint32_t kLeadBits[] = {0x7F, 0x1F, 0x0F, 0x07};
  std::uint32_t point = static_cast<unsigned char>(character[0]) & kLeadBits[character.size() - 1];
  for (const char c : character.substr(1)) point = point << 6 | (static_cast<unsigned char>(c) & 0x3F);
  if (In(point, kNone)) return 0;
  return In(point, kWide) ? 2 : 1;
}

}  // namespace

std::size_t WidthOf(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const std::string_view one = text.substr(0, LengthOf(text[0]));
    width += WidthOfOne(one);
    text.remove_prefix(one.size());
  }
  return width;
}

std::string FitTo(std::string_view text, std::size_t most) {
  if (WidthOf(text) <= most) return std::string(text);
  std::size_t width = 0;
  std::size_t kept = 0;
  while (kept < text.size()) {
    const std::string_view one = text.substr(kept, LengthOf(text[kept]));
    if (width + WidthOfOne(one) + 1 > most) break;
    width += WidthOfOne(one);
    kept += one.size();
  }
  while (kept > 0 && text[kept - 1] == ' ') --kept;
  return most == 0 ? "" : std::string(text.substr(0, kept)) + "\xE2\x80\xA6";
}

std::size_t TerminalWidth() {
  winsize size{};
  if (::isatty(STDOUT_FILENO) == 0 || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

}  // namespace nightjar::cli
