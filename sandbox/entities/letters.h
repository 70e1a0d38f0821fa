// SPDX-License-Identifier: Apache-2.0
// ASCII tests for the scanner, independent of any locale; one table look-up each, because they are asked of
// every byte of every page.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace nightjar::entities {

enum LetterClass : std::uint8_t {
  kDigit = 1,
  kUpper = 2,
  kLower = 4,
  kHexLetter = 8,
  kLocalSign = 16,  // may stand in the local part of an e-mail address, beside letters and digits
};

consteval std::array<std::uint8_t, 256> MakeLetterTable() {
  std::array<std::uint8_t, 256> table{};
  for (int c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = kDigit;
  for (int c = 'A'; c <= 'Z'; ++c) table[static_cast<std::size_t>(c)] = kUpper;
  for (int c = 'a'; c <= 'z'; ++c) table[static_cast<std::size_t>(c)] = kLower;
  for (const char c : {'a', 'b', 'c', 'd', 'e', 'f', 'A', 'B', 'C', 'D', 'E', 'F'})
    table[static_cast<std::uint8_t>(c)] |= kHexLetter;
  for (const char c : {'.', '_', '%', '+', '-'}) table[static_cast<std::uint8_t>(c)] |= kLocalSign;
  return table;
}
inline constexpr std::array<std::uint8_t, 256> kLetterTable = MakeLetterTable();

[[nodiscard]] constexpr bool Is(char c, unsigned classes) {
  return (kLetterTable[static_cast<std::uint8_t>(c)] & classes) != 0;
}
[[nodiscard]] constexpr bool IsDigit(char c) { return Is(c, kDigit); }
[[nodiscard]] constexpr bool IsAlpha(char c) { return Is(c, kUpper | kLower); }
[[nodiscard]] constexpr bool IsAlnum(char c) { return Is(c, kDigit | kUpper | kLower); }
[[nodiscard]] constexpr bool IsHex(char c) { return Is(c, kDigit | kHexLetter); }
[[nodiscard]] constexpr bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
[[nodiscard]] constexpr char LowerOf(char c) { return Is(c, kUpper) ? static_cast<char>(c + 32) : c; }
[[nodiscard]] constexpr char UpperOf(char c) { return Is(c, kLower) ? static_cast<char>(c - 32) : c; }

template <typename Test>
[[nodiscard]] constexpr bool All(std::string_view text, Test test) {
  return std::all_of(text.begin(), text.end(), test);
}

[[nodiscard]] inline std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = LowerOf(c);
  return lower;
}
[[nodiscard]] inline std::string Upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = UpperOf(c);
  return upper;
}

// `lower`: given in lower case.
[[nodiscard]] constexpr bool EqualsNoCase(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return LowerOf(a) == b; });
}
[[nodiscard]] constexpr bool StartsNoCase(std::string_view text, std::string_view lower) {
  return EqualsNoCase(text.substr(0, lower.size()), lower);
}

// The byte at `at`, or NUL outside the text; so is the byte before 0.
[[nodiscard]] constexpr char At(std::string_view text, std::size_t at) {
  return at < text.size() ? text[at] : '\0';
}
[[nodiscard]] constexpr char Before(std::string_view text, std::size_t at) {
  return at > 0 ? text[at - 1] : '\0';
}

// The first place from `at` on whose byte fails the test.
template <typename Test>
[[nodiscard]] constexpr std::size_t EndOf(std::string_view text, std::size_t at, Test test) {
  while (at < text.size() && test(text[at])) ++at;
  return at;
}

}  // namespace nightjar::entities
