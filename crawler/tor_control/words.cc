// SPDX-License-Identifier: Apache-2.0
#include "crawler/tor_control/words.h"

#include <algorithm>

namespace nightjar::tor_control {
namespace {

bool IsOctal(char c) { return c >= '0' && c <= '7'; }
bool IsLetter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool IsKey(std::string_view text) {
  const auto inner = [](char c) {
    return IsLetter(c) || (c >= '0' && c <= '9') || c == '_' || c == '/' || c == '-';
  };
  return !text.empty() && IsLetter(text.front()) && std::ranges::all_of(text, inner);
}

// What stands after a backslash, taken off `rest`.
char Unescape(std::string_view& rest) {
  const char first = rest.front();
  rest.remove_prefix(1);
  if (first == 'n') return '\n';
  if (first == 'r') return '\r';
  if (first == 't') return '\t';
  if (!IsOctal(first)) return first;
  int value = first - '0';
  for (int digits = 1; digits < 3 && !rest.empty() && IsOctal(rest.front()); ++digits) {
    value = value * 8 + (rest.front() - '0');
    rest.remove_prefix(1);
  }
  return static_cast<char>(value);
}

// The text behind an opening quote, which `rest` begins after.
std::string TakeQuoted(std::string_view& rest) {
  std::string text;
  while (!rest.empty()) {
    const char c = rest.front();
    rest.remove_prefix(1);
    if (c == '"') break;
    text += c == '\\' && !rest.empty() ? Unescape(rest) : c;
  }
  return text;
}

std::string TakeUnquoted(std::string_view& rest) {
  const std::size_t end = std::min(rest.find(' '), rest.size());
  std::string text(rest.substr(0, end));
  rest.remove_prefix(end);
  return text;
}

std::string TakeValue(std::string_view& rest) {
  if (!rest.starts_with('"')) return TakeUnquoted(rest);
  rest.remove_prefix(1);
  return TakeQuoted(rest);
}

}  // namespace

std::string_view Words::At(std::size_t index) const {
  return index < plain.size() ? std::string_view(plain[index]) : std::string_view();
}

std::string_view Words::Of(const std::string& key) const {
  const auto found = named.find(key);
  return found == named.end() ? std::string_view() : std::string_view(found->second);
}

Words SplitWords(std::string_view line) {
  Words words;
  while (true) {
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    if (line.empty()) return words;
    const std::size_t stop = line.find_first_of("= \"");
    if (stop != std::string_view::npos && line[stop] == '=' && IsKey(line.substr(0, stop))) {
      std::string key(line.substr(0, stop));
      line.remove_prefix(stop + 1);
      std::string value = TakeValue(line);
      words.named.try_emplace(std::move(key), std::move(value));
    } else {
      words.plain.push_back(TakeValue(line));
    }
  }
}

}  // namespace nightjar::tor_control
