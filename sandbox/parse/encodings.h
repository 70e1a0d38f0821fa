// SPDX-License-Identifier: Apache-2.0
// The encodings of the web by their labels. Source: WHATWG Encoding Standard, section 4.2 "Names and labels".
//
// Tables are ICU's. Where one differs from the Standard's in single bytes, repairs put that right, so every
// byte of every single-byte encoding reads as the Standard says. Known to remain, all harmless: big5 lacks
// 161 doubles of Hong Kong's set, a lead byte takes the letter behind it along where big5 and shift_jis have
// no such pair (the Standard keeps the letter), and euc-jp and euc-kr know a few characters more.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace nightjar::parse {

// The bytes [first, last], where each stands for a character alone, are the characters from `to` on; all of
// them U+FFFD where that is `to`.
struct Repair {
  unsigned char first;
  unsigned char last;
  char16_t to;
};

struct Encoding {
  // WHATWG name in lower case; "replacement" stands for encodings too dangerous to decode
  std::string_view name;
  const char* converter;  // ICU's name for the nearest table
  std::span<const Repair> repairs = {};
};

// The encoding a page means by `label` (any case, white space around), or nullptr. Lives for ever.
[[nodiscard]] const Encoding* EncodingFor(std::string_view label);

// Every label, in the order of the table.
[[nodiscard]] std::vector<std::string_view> EncodingLabels();

}  // namespace nightjar::parse
