// SPDX-License-Identifier: Apache-2.0
// Countries and regions as sites print them, as ISO 3166-1 alpha-2 codes. Names in English, German, French,
// Spanish, Italian, Dutch and Russian (source: country_table.cc), usual aliases ("UK", "Holland"), flags, and
// codes in upper case. What is no country has a word of its own: "worldwide", "eu" (the union), "europe" (the
// continent), "undeclared", "asia", "africa", "north-america", "south-america", "oceania", ...
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nightjar::values {

struct Country {
  std::string code;                // "DE", "worldwide", ...; empty in a list where the name is not known
  std::size_t begin = 0, end = 0;  // of the name, in the text
};

// The text as a whole is one name, with nothing but white space, signs, a flag, "the" or a remark in brackets
// around it. Nothing where it is not known: callers keep the printed word.
[[nodiscard]] std::optional<Country> CountryOf(std::string_view text);

// The names of a list ("US and Canada", "World Wide - Europe", "DE, AT; CH"), in order, repetitions too. A
// part that is not known has no code.
[[nodiscard]] std::vector<Country> SplitCountries(std::string_view text);

}  // namespace nightjar::values
