// SPDX-License-Identifier: Apache-2.0
// The shape of a URL: what is left when everything that a program makes up by itself is folded. Two URLs of
// one shape come from one template of the site ("/listing/#"), so an endless space of URLs is a shape with
// endlessly many members, and a quota for each shape and host ends it (hostile.md 2.4; the idea is that of
// URL "templates" in Koppula et al., Learning URL patterns for webpage de-duplication, WSDM 2010).
//
// Folding, in path and query: a run of digits becomes '#'; a piece of at least kLongHex hex digits, or of at
// least kLongRandom letters and digits in which digits are mixed in, becomes '*'. Names of query parameters
// stay, but for their digits.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace nightjar::scope {

inline constexpr std::size_t kLongHex = 8;
inline constexpr std::size_t kLongRandom = 16;
// 90 years of months, three of days: more than a site has to show.
inline constexpr std::uint64_t kMaxUrlsPerCalendar = 1100;

struct Shape {
  std::string text;       // "/listing/#?page=#"
  bool folded = false;    // else it is the shape of one URL only, which needs no quota
  bool calendar = false;  // a date stands in it: /2026/05, 2026-05-17, year=2026&month=5
};
[[nodiscard]] Shape ShapeOf(std::string_view path_and_query);

}  // namespace nightjar::scope
