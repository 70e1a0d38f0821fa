// SPDX-License-Identifier: Apache-2.0
// Hosts of http and https URLs (WHATWG URL Standard, section 3.5): domain, IPv4 or IPv6 address, in the one
// spelling a browser would use. Part of the URL parser; other rooms use base/url.h.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace nightjar::url {

// `text` is the host as written, without port; not empty. The result is lower case, IDNA-encoded, IPv4
// dotted, IPv6 compressed and in brackets. kInvalidInput names what is wrong with the host.
[[nodiscard]] Result<std::string> ParseHost(std::string_view text);

// Domain to ASCII (section 3.3, not strict) by UTS 46, non-transitional, for domains with bytes over 0x7F.
// An ASCII domain is only lower-cased by the standard and never comes here. libidn2 holds to IDNA 2008 where
// UTS 46 is laxer: symbols and emoji, "--" in third place, labels over 63 bytes are refused.
[[nodiscard]] Result<std::string> DomainToAscii(const std::string& utf8);

}  // namespace nightjar::url
