// SPDX-License-Identifier: Apache-2.0
#include "sandbox/style/scan.h"

#include <algorithm>

#include "sandbox/css/escape.h"
#include "sandbox/parse/ascii.h"

namespace nightjar::style {
namespace {

// Past the string that opens at `at`. A line break that is not escaped ends it too (a "bad string").
std::size_t StringEnd(std::string_view text, std::size_t at) {
  const char quote = text[at++];
  while (at < text.size() && text[at] != quote && text[at] != '\n') at += text[at] == '\\' ? 2 : 1;
  return std::min(at + 1, text.size());
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
    css::TakeEscape(text, plain);
  }
  return plain;
}

}  // namespace nightjar::style
