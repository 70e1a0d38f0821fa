// SPDX-License-Identifier: Apache-2.0
#include "base/url_bytes.h"

namespace nightjar::url {

void AppendEncoded(std::string& out, std::string_view text, ByteClass which) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (;;) {
    const std::size_t plain = FindFirst(text, which);
    out.append(text.substr(0, plain));
    if (plain == text.size()) return;
    const auto byte = static_cast<std::uint8_t>(text[plain]);
    const char encoded[] = {'%', kDigits[byte >> 4], kDigits[byte & 0xF]};
    out.append(encoded, sizeof encoded);
    text.remove_prefix(plain + 1);
  }
}

std::string PercentDecode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && HexValue(text[i + 1]) >= 0 && HexValue(text[i + 2]) >= 0;
    if (!escape) {
      out.push_back(text[i]);
      continue;
    }
    out.push_back(static_cast<char>(HexValue(text[i + 1]) * 16 + HexValue(text[i + 2])));
    i += 2;
  }
  return out;
}

}  // namespace nightjar::url
