// SPDX-License-Identifier: Apache-2.0
#include "sandbox/css/scanner.h"

#include <fmt/format.h>

namespace nightjar::css {
namespace {

constexpr int kMaxNumber = 10000;  // no element has more siblings that anybody counts

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsNameByte(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

void AppendUtf8(std::string& out, char32_t code) {
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = 0xFFFD;
  const auto push = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) return push(code);
  if (code < 0x800) {
    push(0xC0 | (code >> 6));
  } else if (code < 0x10000) {
    push(0xE0 | (code >> 12));
    push(0x80 | ((code >> 6) & 0x3F));
  } else {
    push(0xF0 | (code >> 18));
    push(0x80 | ((code >> 12) & 0x3F));
    push(0x80 | ((code >> 6) & 0x3F));
  }
  push(0x80 | (code & 0x3F));
}

}  // namespace

std::string FoldSpace(std::string_view text) {
  std::string folded;
  for (const char c : text) {
    if (!IsSpace(c))
      folded.push_back(c);
    else if (!folded.empty() && folded.back() != ' ')
      folded.push_back(' ');
  }
  if (folded.ends_with(' ')) folded.pop_back();
  return folded;
}

std::string AsciiLower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
  return lower;
}

bool Scanner::Take(char c) {
  if (!Sees(c)) return false;
  ++at_;
  return true;
}

bool Scanner::SkipSpace() {
  const std::size_t begin = at_;
  while (!AtEnd() && IsSpace(text_[at_])) ++at_;
  return at_ > begin;
}

bool Scanner::SeesName() const { return !AtEnd() && (IsNameByte(text_[at_]) || text_[at_] == '\\'); }

// "\3a " is a character by its number, "\:" the character itself. The backslash is taken.
void Scanner::TakeEscape(std::string& out) {
  constexpr int kMostDigits = 6;
  char32_t code = 0;
  int digits = 0;
  for (; digits < kMostDigits && !AtEnd() && HexValue(text_[at_]) >= 0; ++digits, ++at_)
    code = code * 16 + static_cast<char32_t>(HexValue(text_[at_]));
  if (digits == 0) {
    if (!AtEnd()) out.push_back(text_[at_++]);
    return;
  }
  if (!AtEnd() && IsSpace(text_[at_])) ++at_;
  AppendUtf8(out, code);
}

std::string Scanner::TakeName() {
  std::string name;
  while (SeesName()) {
    if (Take('\\'))
      TakeEscape(name);
    else
      name.push_back(text_[at_++]);
  }
  return name;
}

Result<std::string> Scanner::TakeValue() {
  if (SeesName()) return TakeName();
  const char quote = Sees('"') ? '"' : '\'';
  if (!Take(quote)) return Wrong("is no value; write it in quotes");
  std::string value;
  while (!AtEnd() && !Sees(quote)) {
    if (Take('\\'))
      TakeEscape(value);
    else
      value.push_back(text_[at_++]);
  }
  if (!Take(quote)) return Wrong("ends a text that was opened with a quote");
  return value;
}

bool Scanner::TakeInteger(int& value) {
  const std::size_t begin = at_;
  for (value = 0; !AtEnd() && IsDigit(text_[at_]); ++at_)
    if (value < kMaxNumber) value = value * 10 + (text_[at_] - '0');
  return at_ > begin;
}

Result<NthTest> Scanner::TakeNth() {
  NthTest test;
  if (Sees('o') || Sees('e') || Sees('O') || Sees('E')) {
    const std::string word = AsciiLower(TakeName());
    if (word != "odd" && word != "even") return Wrong("follows a word that is neither odd nor even");
    test.a = 2;
    test.b = word == "odd" ? 1 : 0;
    return test;
  }
  int sign = Take('-') ? -1 : 1;
  if (sign == 1) (void)Take('+');
  int number = 1;
  const bool counted = TakeInteger(number);
  if (!Take('n') && !Take('N')) {
    if (!counted) return Wrong("is no number; 3, odd, even and 2n+1 are understood");
    test.b = sign * number;
    return test;
  }
  test.a = sign * (counted ? number : 1);
  SkipSpace();
  if (!Sees('+') && !Sees('-')) return test;
  sign = Take('-') ? -1 : 1;
  if (sign == 1) (void)Take('+');
  SkipSpace();
  if (!TakeInteger(number)) return Wrong("is no number");
  test.b = sign * number;
  return test;
}

tl::unexpected<Error> Scanner::Wrong(std::string_view what) const {
  const bool printable = !AtEnd() && text_[at_] > ' ' && text_[at_] < '\x7F';
  const std::string here = AtEnd()     ? "the end"
                           : printable ? fmt::format("'{}'", text_[at_])
                                       : "what stands here";
  return Fail(Code::kInvalidInput, fmt::format("{} {}", here, what), fmt::format("character {}", at_ + 1));
}

}  // namespace nightjar::css
