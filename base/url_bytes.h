// SPDX-License-Identifier: Apache-2.0
// What a byte may be in a URL, as one table, and percent-encoding by it (WHATWG URL Standard, sections 1.3
// and 3.1). Part of the URL parser; other rooms use base/url.h.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace nightjar::url {

// Classes of bytes; a byte may be in several.
enum ByteClass : std::uint8_t {
  kEncodeInFragment = 1,    // the percent-encode sets of section 1.3
  kEncodeInQuery = 2,       // the "special-query" set, the one for http and https
  kEncodeInPath = 4,        //
  kEncodeInUserinfo = 8,    //
  kForbiddenInDomain = 16,  // forbidden domain code points of section 3.1, ASCII part
  kNotPlainInHost = 32,  // needs a step before it can stand in a host: upper case, '%', over 0x7F, forbidden
  kEndsAuthority = 64,   // '/', '\', '?', '#'
  kNeedsCleaning = 128,  // tab and newlines, which are left out; bytes over 0x7F, which must be UTF-8
};

constexpr std::array<std::uint8_t, 256> MakeByteClasses() {
  std::array<std::uint8_t, 256> classes{};
  const auto mark = [&](std::string_view bytes, int bits) {
    for (const char c : bytes) classes[static_cast<std::uint8_t>(c)] |= static_cast<std::uint8_t>(bits);
  };
  constexpr int kEncodeAlways = kEncodeInFragment | kEncodeInQuery | kEncodeInPath | kEncodeInUserinfo;
  for (int c = 0; c < 256; ++c) {
    if (c <= 0x1F || c == 0x7F) classes[c] = kEncodeAlways | kForbiddenInDomain | kNotPlainInHost;
    if (c >= 0x80) classes[c] = kEncodeAlways | kNotPlainInHost | kNeedsCleaning;
    if (c >= 'A' && c <= 'Z') classes[c] = kNotPlainInHost;
  }
  mark(" \"<>", kEncodeAlways);
  mark("`", kEncodeInFragment | kEncodeInPath | kEncodeInUserinfo);
  mark("#", kEncodeInQuery | kEncodeInPath | kEncodeInUserinfo);
  mark("'", kEncodeInQuery);
  mark("?^{}", kEncodeInPath | kEncodeInUserinfo);
  mark("/:;=@[\\]|", kEncodeInUserinfo);
  mark(" #/:<>?@[\\]^|%", kForbiddenInDomain | kNotPlainInHost);
  mark("/\\?#", kEndsAuthority);
  mark("\t\n\r", kNeedsCleaning);
  return classes;
}

inline constexpr std::array<std::uint8_t, 256> kByteClasses = MakeByteClasses();

[[nodiscard]] constexpr bool Is(char c, ByteClass which) {
  return (kByteClasses[static_cast<std::uint8_t>(c)] & which) != 0;
}

// Position of the first byte of that class, or the size.
[[nodiscard]] constexpr std::size_t FindFirst(std::string_view text, ByteClass which) {
  std::size_t at = 0;
  while (at < text.size() && !Is(text[at], which)) ++at;
  return at;
}

[[nodiscard]] constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr char ToLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
[[nodiscard]] constexpr bool IsAlpha(char c) { return ToLower(c) >= 'a' && ToLower(c) <= 'z'; }

// The value of a hex digit, or -1.
[[nodiscard]] constexpr int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  const char lower = ToLower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Appends `text` (UTF-8), with every byte of the class as %XX.
void AppendEncoded(std::string& out, std::string_view text, ByteClass which);

// %XX becomes its byte; a '%' without two hex digits stays as it is. The result may be any bytes.
[[nodiscard]] std::string PercentDecode(std::string_view text);

}  // namespace nightjar::url
