// SPDX-License-Identifier: Apache-2.0
// The few words HTML templates need: escaping, the old one-byte encoding, and ready answers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/world/server/exchange.h"

namespace nightjar::world {

// Text as HTML text or attribute value: & < > " ' become references.
[[nodiscard]] std::string Escape(std::string_view text);

// UTF-8 as windows-1252 (WHATWG Encoding Standard, index-windows-1252); what that cannot hold becomes a
// numeric character reference, as a browser's form would send it.
[[nodiscard]] Bytes ToWindows1252(std::string_view utf8);

// Lower-case ASCII letters and digits with single dashes: "blue-ceramic-owl-set-of-4".
[[nodiscard]] std::string Slug(std::string_view text);

// "<p>a</p>\n<p>b</p>\n", each paragraph escaped.
[[nodiscard]] std::string Paragraphs(const std::vector<std::string>& paragraphs);

// "1234.50", and with commas between thousands: "1,234.50".
[[nodiscard]] std::string Decimal(std::uint64_t cents);
[[nodiscard]] std::string DecimalWithCommas(std::uint64_t cents);

// Hundredths of a star: 470 is "4.7".
[[nodiscard]] std::string Stars(std::uint32_t hundredths);

[[nodiscard]] Page Redirect(int status, std::string location);

}  // namespace nightjar::world
