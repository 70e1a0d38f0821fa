// SPDX-License-Identifier: Apache-2.0
#include "sandbox/values/letters.h"

namespace nightjar::values {
namespace {

unsigned char ByteAt(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

bool IsContinuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

// Signs: U+0080-U+00BF, U+00D7, U+00F7, U+2000-U+2BFF, U+3000-U+3020, U+FE00-U+FE0F and beyond the basic
// plane.
bool IsSign(std::string_view text, std::size_t at) {
  const unsigned char first = ByteAt(text, at);
  const unsigned char second = ByteAt(text, at + 1);
  switch (first) {
    case 0xC2:
      return true;
    case 0xC3:
      return second == 0x97 || second == 0xB7;
    case 0xE2:
      return second <= 0xAF;
    case 0xE3:
      return second == 0x80 && ByteAt(text, at + 2) <= 0xA0;
    case 0xEF:
      return second == 0xB8;
    default:
      return first >= 0xF0;
  }
}

}  // namespace

std::size_t BlankAt(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (parse::IsSpace(text[at])) return 1;
  const std::string_view rest = text.substr(at, 3);
  if (rest.starts_with("\xC2\xA0")) return 2;
  return rest == "\xE2\x80\xAF" || rest == "\xE2\x80\x89" ? 3 : 0;
}

std::size_t SkipBlanks(std::string_view text, std::size_t at) {
  while (const std::size_t blank = BlankAt(text, at)) at += blank;
  return at;
}

std::size_t CharacterSize(std::string_view text, std::size_t at) {
  const unsigned char first = ByteAt(text, at);
  const std::size_t wanted = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
  std::size_t size = 1;
  while (size < wanted && at + size < text.size() && IsContinuation(ByteAt(text, at + size))) ++size;
  return size;
}

bool IsLetterAt(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  const unsigned char first = ByteAt(text, at);
  return first < 0x80 ? parse::IsAlpha(text[at]) : !IsContinuation(first) && !IsSign(text, at);
}

bool IsDigitAt(std::string_view text, std::size_t at) { return at < text.size() && parse::IsDigit(text[at]); }

bool IsWordAt(std::string_view text, std::size_t at) { return IsDigitAt(text, at) || IsLetterAt(text, at); }

bool IsWordBefore(std::string_view text, std::size_t at) {
  if (at == 0 || at > text.size()) return false;
  std::size_t before = at - 1;
  while (before > 0 && at - before < 4 && IsContinuation(ByteAt(text, before))) --before;
  return IsWordAt(text, before);
}

std::string_view WordAt(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (IsLetterAt(text, end) && end - at < kLongestWord) end += CharacterSize(text, end);
  return at < text.size() ? text.substr(at, end - at) : std::string_view();
}

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const unsigned char first = ByteAt(lower, i);
    if (first < 0x80) {
      lower[i] = parse::LowerOf(lower[i]);
      continue;
    }
    const unsigned char second = ByteAt(lower, i + 1);
    const bool latin = first == 0xC3 && second >= 0x80 && second <= 0x9E && second != 0x97;  // À..Þ
    const bool cyrillic = first == 0xD0 && second >= 0x90 && second <= 0x9F;                 // А..П
    if (latin || cyrillic) {
      lower[++i] = static_cast<char>(second + 0x20);
    } else if (first == 0xD0 && second >= 0x80 && second <= 0xAF) {  // Р..Я, Ѐ..Џ
      lower[i] = '\xD1';
      ++i;
      lower[i] = static_cast<char>(second >= 0xA0 ? second - 0x20 : second + 0x10);
    }
  }
  return lower;
}

std::string Normal(std::string_view text) {
  std::string normal;
  for (std::size_t at = SkipBlanks(text, 0); at < text.size();) {
    if (BlankAt(text, at) != 0) {
      at = SkipBlanks(text, at);
      if (at < text.size()) normal.push_back(' ');
      continue;
    }
    const std::size_t size = CharacterSize(text, at);
    normal.append(text.substr(at, size));
    at += size;
  }
  return LowerCase(normal);
}

}  // namespace nightjar::values
