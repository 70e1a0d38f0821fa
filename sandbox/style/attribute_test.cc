// SPDX-License-Identifier: Apache-2.0
#include "sandbox/style/attribute_test.h"

#include <cstdint>

#include "sandbox/parse/ascii.h"

namespace nightjar::style {
namespace {

bool Passes(char match, std::string_view value, std::string_view wanted) {
  switch (match) {
    case '=':
      return value == wanted;
    case '~':
      return HasWord(value, wanted);
    case '|':
      return value.starts_with(wanted) && (value.size() == wanted.size() || value[wanted.size()] == '-');
    case '^':
      return !wanted.empty() && value.starts_with(wanted);
    case '$':
      return !wanted.empty() && value.ends_with(wanted);
    case '*':
      return !wanted.empty() && value.find(wanted) != std::string_view::npos;
    default:
      return true;
  }
}

}  // namespace

bool HasWord(std::string_view words, std::string_view wanted) {
  if (wanted.empty()) return false;
  for (std::size_t at = words.find(wanted); at != std::string_view::npos;
       at = words.find(wanted, at + wanted.size())) {
    const std::size_t past = at + wanted.size();
    if ((at == 0 || parse::IsSpace(words[at - 1])) && (past == words.size() || parse::IsSpace(words[past])))
      return true;
  }
  return false;
}

bool PassesAttributeTest(const Test& test, std::string_view value) {
  if (!test.any_case) return Passes(test.match, value, test.value);
  return Passes(test.match, parse::Lower(value), parse::Lower(test.value));
}

bool IsNth(const Test& test, std::uint32_t position) {
  const auto distance = static_cast<std::int64_t>(position) - test.offset;
  if (test.step == 0) return distance == 0;
  return distance % test.step == 0 && distance / test.step >= 0;
}

}  // namespace nightjar::style
