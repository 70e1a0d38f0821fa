// SPDX-License-Identifier: Apache-2.0
// In which languages is a text written? Asks CLD2 (https://github.com/CLD2Owners/cld2, the small tables: 83
// languages), a naive Bayesian classifier over quadgrams of letters. It reads no files and keeps no state:
// tables are part of its library. Its own answer for unreliable text is not believed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nightjar::language {

struct Share {
  std::string code;          // ISO 639-1 or -3, with a script for Chinese: "en", "zh-Hant"
  std::uint8_t percent = 0;  // of the text's letters, rounded down
  friend bool operator==(const Share&, const Share&) = default;
};

inline constexpr std::size_t kMostBytes = 6
                                          << 10;   // later text is not looked at: a thousand words are plenty
inline constexpr std::size_t kFewestLetters = 24;  // bytes of text below which CLD2 only guesses

// At most three, the largest share first; empty where the text is too short or too mixed to say. `text` is
// valid UTF-8 without markup.
[[nodiscard]] std::vector<Share> Languages(std::string_view text);

}  // namespace nightjar::language
