// SPDX-License-Identifier: Apache-2.0
#include "sandbox/style/scan.h"

#include <algorithm>

#include "sandbox/parse/ascii.h"

namespace nightjar::style {
namespace {

constexpr std::size_t kMostHexDigits = 6;

// Past the string that opens at `at`. A line break that is not escaped ends it too (a "bad string").
std::size_t StringEnd(std::string_view text, std::size_t at) {
  const char quote = text[at++];
  while (at < text.size() && text[at] != quote && text[at] != '\n') at += text[at] == '\\' ? 2 : 1;
  return std::min(at + 1, text.size());
}

int HexValue(char c) {
  if (parse::IsDigit(c)) return c - '0';
  const char lower = parse::LowerOf(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

void AppendUtf8(std::string& out, std::uint32_t c) {
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

// Takes what follows a backslash.
void TakeEscape(std::string_view& text, std::string& out) {
  std::uint32_t value = 0;
  std::size_t digits = 0;
  while (digits < kMostHexDigits && digits < text.size() && HexValue(text[digits]) >= 0) {
    value = value * 16 + static_cast<std::uint32_t>(HexValue(text[digits++]));
  }
  if (digits == 0) {
    if (text.empty()) return;
    if (text.front() != '\n') out.push_back(text.front());
    text.remove_prefix(1);
    return;
  }
  AppendUtf8(out, value);
  text.remove_prefix(digits);
  if (!text.empty() && parse::IsSpace(text.front())) text.remove_prefix(1);
}

}  // namespace

std::string WithoutComments(std::string_view sheet) {
  std::string plain;
  plain.reserve(sheet.size());
  for (std::size_t at = 0; at < sheet.size();) {
    const std::string_view rest = sheet.substr(at);
    std::size_t length = 1;
    if (rest.starts_with("/*")) {
      const std::size_t end = sheet.find("*/", at + 2);
      at = end == std::string_view::npos ? sheet.size() : end + 2;
      plain.push_back(' ');
      continue;
    }
    if (rest.starts_with("<!--") || rest.starts_with("-->")) {
      at += rest.front() == '<' ? 4 : 3;
      plain.push_back(' ');
      continue;
    }
    if (rest.front() == '"' || rest.front() == '\'') length = StringEnd(sheet, at) - at;
    if (rest.front() == '\\') length = std::min<std::size_t>(2, rest.size());
    plain.append(rest.substr(0, length));
    at += length;
  }
  return plain;
}

std::size_t FindOutside(std::string_view text, std::string_view wanted, std::size_t from) {
  int depth = 0;
  for (std::size_t at = from; at < text.size();) {
    const char c = text[at];
    if (depth == 0 && wanted.find(c) != std::string_view::npos) return at;
    if (c == '"' || c == '\'') {
      at = StringEnd(text, at);
      continue;
    }
    if (c == '(' || c == '[') ++depth;
    if ((c == ')' || c == ']') && depth > 0) --depth;
    at += c == '\\' ? 2 : 1;
  }
  return std::string_view::npos;
}

std::size_t BlockEnd(std::string_view text, std::size_t from) {
  int depth = 1;
  for (std::size_t at = from; at < text.size();) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = StringEnd(text, at);
      continue;
    }
    if (c == '{') ++depth;
    if (c == '}' && --depth == 0) return at + 1;
    at += c == '\\' ? 2 : 1;
  }
  return text.size();
}

std::string Unescaped(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const std::size_t slash = std::min(text.find('\\'), text.size());
    plain.append(text.substr(0, slash));
    text.remove_prefix(slash);
    if (text.empty()) break;
    text.remove_prefix(1);
    TakeEscape(text, plain);
  }
  return plain;
}

}  // namespace nightjar::style
