// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/marks.h"

#include <algorithm>

#include "sandbox/extract/utf8.h"

namespace nightjar::extract {
namespace {

constexpr char32_t kNonJoiner = 0x200C;
constexpr char32_t kJoiner = 0x200D;

bool IsZeroWidth(char32_t c) {
  return c == 0xAD || c == 0x34F || c == 0x180E || (c >= 0x200B && c <= kJoiner) || c == 0x2060 ||
         c == 0xFEFF;
}

bool IsBidi(char32_t c) {
  return c == 0x61C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

bool SpellsWithJoiners(char32_t c) {
  const bool arabic = c >= 0x600 && c < 0x900;  // to Arabic Extended-A
  const bool indic = c >= 0x900 && c < 0xE00;   // Devanagari to Sinhala
  return (arabic && c != 0x61C) || indic || (c >= 0x1000 && c < 0x10A0);
}

bool IsEmoji(char32_t c) {
  return c >= 0x1F000 || (c >= 0x2600 && c < 0x27C0) || c == 0xFE0F || c == 0x2B50 || c == 0x2B1B ||
         c == 0x2B1C;
}

bool ScriptNeeds(char32_t before, char32_t c, char32_t after) {
  if (c != kNonJoiner && c != kJoiner) return false;
  if (SpellsWithJoiners(before) && SpellsWithJoiners(after)) return true;
  return c == kJoiner && IsEmoji(before) && IsEmoji(after);
}

}  // namespace

Mark MarkAt(std::string_view text, std::size_t at) {
  if (!MayBeginMark(text[at])) return {};
  const Character here = CharacterAt(text, at);
  const bool bidi = IsBidi(here.code);
  if (!bidi && !IsZeroWidth(here.code)) return {};
  const std::size_t past = at + here.size;
  const char32_t before = at == 0 ? 0 : CharacterBefore(text, at).code;
  const char32_t after = past >= text.size() ? 0 : CharacterAt(text, past).code;
  if (ScriptNeeds(before, here.code, after)) return {};
  return {here.size, bidi};
}

void Count(const Mark& mark, wire::Marks& marks) { ++(mark.bidi ? marks.bidi : marks.zero_width); }

std::string WithoutMarks(std::string_view text, wire::Marks& marks) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (const Mark mark = MarkAt(text, at); mark.size != 0) {
      Count(mark, marks);
      at += mark.size;
      continue;
    }
    std::size_t end = at + 1;
    while (end < text.size() && !MayBeginMark(text[end])) ++end;
    plain.append(text.substr(at, end - at));
    at = end;
  }
  return plain;
}

}  // namespace nightjar::extract
