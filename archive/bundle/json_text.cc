// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/json_text.h"

#include <fmt/format.h>

#include <iterator>

#include "base/bytes.h"

namespace nightjar::bundle {
namespace {

// Code points of valid UTF-8, one after another.
char32_t NextCodePoint(std::string_view& text) {
  const auto lead = static_cast<std::uint8_t>(text.front());
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  char32_t point = length == 1 ? lead : lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) point = point << 6 | (static_cast<std::uint8_t>(text[i]) & 0x3FU);
  text.remove_prefix(length);
  return point;
}

void AppendEscaped(std::string& out, char32_t unit) {
  fmt::format_to(std::back_inserter(out), "\\u{:04x}", +unit);
}

}  // namespace

std::string QuotedJson(std::string_view untrusted_text) {
  const std::string valid = ToValidUtf8(untrusted_text);
  constexpr std::string_view kShort = "\"\"\\\\\bb\ff\nn\rr\tt";  // character, then its letter
  std::string out = "\"";
  for (std::string_view rest = valid; !rest.empty();) {
    const char32_t point = NextCodePoint(rest);
    std::size_t known = 0;
    while (known < kShort.size() && static_cast<char32_t>(kShort[known]) != point) known += 2;
    if (known < kShort.size()) {
      out += {'\\', kShort[known + 1]};
    } else if (point >= 0x20 && point < 0x7F) {
      out += static_cast<char>(point);
    } else if (point < 0x10000) {
      AppendEscaped(out, point);
    } else {
      AppendEscaped(out, 0xD800 + ((point - 0x10000) >> 10));
      AppendEscaped(out, 0xDC00 + ((point - 0x10000) & 0x3FF));
    }
  }
  return out + "\"";
}

}  // namespace nightjar::bundle
