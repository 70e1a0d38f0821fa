// SPDX-License-Identifier: Apache-2.0
// IP addresses as hosts (WHATWG URL Standard, sections 3.5.1 to 3.5.3, with the odd IPv4 spellings browsers
// take: hexadecimal, octal, fewer than four parts). Part of the URL parser; other rooms use base/url.h.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace nightjar::url {

// True when the last label is a number, which makes the whole host an IPv4 address or an error.
[[nodiscard]] bool EndsInNumber(std::string_view domain);

// "0x7f.1" becomes "127.0.0.1".
[[nodiscard]] Result<std::string> ParseIpv4(std::string_view domain);

// `text` without brackets; the result has brackets and the longest run of zero pieces compressed (RFC 5952).
[[nodiscard]] Result<std::string> ParseIpv6(std::string_view text);

}  // namespace nightjar::url
