// SPDX-License-Identifier: Apache-2.0
#include "sandbox/css/scanner.h"

#include <fmt/format.h>

#include "sandbox/css/escape.h"

namespace nightjar::css {
namespace {

constexpr int kMaxNumber = 10000;  // no element has more siblings that anybody counts

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsNameByte(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
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

void Scanner::TakeEscape(std::string& out) {
  std::string_view rest = text_.substr(at_);
  css::TakeEscape(rest, out);
  at_ = text_.size() - rest.size();
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
