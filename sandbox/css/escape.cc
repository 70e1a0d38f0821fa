// SPDX-License-Identifier: Apache-2.0
#include "sandbox/css/escape.h"

#include "base/url_bytes.h"

namespace nightjar::css {
namespace {

constexpr std::size_t kMostDigits = 6;

void AppendUtf8(std::string& out, char32_t c) {
  if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) c = 0xFFFD;
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
    return;
  }
  const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  constexpr unsigned kLead[] = {0, 0xC0, 0xE0, 0xF0};
  out.push_back(static_cast<char>(kLead[more] | (c >> (6 * more))));
  for (int i = more - 1; i >= 0; --i) out.push_back(static_cast<char>(0x80 | ((c >> (6 * i)) & 0x3F)));
}

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

}  // namespace

void TakeEscape(std::string_view& text, std::string& out) {
  char32_t code = 0;
  std::size_t digits = 0;
  while (digits < kMostDigits && digits < text.size() && url::HexValue(text[digits]) >= 0)
    code = code * 16 + static_cast<char32_t>(url::HexValue(text[digits++]));
  if (digits == 0) {
    if (text.empty()) return;
    if (text.front() != '\n') out.push_back(text.front());
    text.remove_prefix(1);
    return;
  }
  AppendUtf8(out, code);
  text.remove_prefix(digits);
  if (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
}

}  // namespace nightjar::css
