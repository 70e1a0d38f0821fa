// SPDX-License-Identifier: Apache-2.0
// Path patterns of robots.txt (RFC 9309, sections 2.2.2 and 2.2.3): '*' stands for any bytes, '$' at the end
// for the end of the URL, and without '$' a pattern is a prefix.
#pragma once

#include <string>
#include <string_view>

namespace nightjar::robots {

// One spelling for comparing: %XX of an unreserved character (RFC 3986, section 2.3) becomes the character,
// other %XX get upper-case digits, and bytes outside ASCII become %XX. '*', and '$' at the end, keep their
// meaning; any other '$' means itself and becomes %24.
[[nodiscard]] std::string NormalisePattern(std::string_view written);

// The same for a URL's path and query, where '*' and '$' mean themselves and become %2A and %24.
[[nodiscard]] std::string NormaliseTarget(std::string_view path_and_query);

// Both normalised. Never backtracks: each piece between '*' is found at its leftmost place, which finds a
// match if there is one; linear in both.
[[nodiscard]] bool Matches(std::string_view pattern, std::string_view target);

}  // namespace nightjar::robots
