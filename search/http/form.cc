// SPDX-License-Identifier: Apache-2.0
#include "search/http/form.h"

#include <algorithm>
#include <optional>

#include "base/bytes.h"

namespace nightjar::http {
namespace {

std::optional<unsigned> HexValue(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  const char lower = static_cast<char>(c | 0x20);
  if (lower >= 'a' && lower <= 'f') return static_cast<unsigned>(lower - 'a' + 10);
  return std::nullopt;
}

Result<std::string> Unescape(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      plain.push_back(' ');
    } else if (text[i] != '%') {
      plain.push_back(text[i]);
    } else {
      const auto first = i + 1 < text.size() ? HexValue(text[i + 1]) : std::nullopt;
      const auto second = i + 2 < text.size() ? HexValue(text[i + 2]) : std::nullopt;
      if (!first || !second)
        return Fail(Code::kInvalidInput, "a form value has a broken percent escape", "form");
      plain.push_back(static_cast<char>(*first << 4 | *second));
      i += 2;
    }
  }
  if (!IsValidUtf8(plain)) return Fail(Code::kInvalidInput, "a form value is not UTF-8", "form");
  return plain;
}

}  // namespace

Result<Form> ParseForm(std::string_view text) {
  constexpr std::size_t kMostNames = 20;
  Form form;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    ASSIGN_OR_RETURN(std::string name, Unescape(pair.substr(0, equals)));
    ASSIGN_OR_RETURN(std::string value, Unescape(pair.substr(std::min(equals + 1, pair.size()))));
    if (form.size() == kMostNames) return Fail(Code::kInvalidInput, "the form has too many values", "form");
    if (!form.emplace(std::move(name), std::move(value)).second) {
      return Fail(Code::kInvalidInput, "the form names a value twice", "form");
    }
  }
  return form;
}

}  // namespace nightjar::http
