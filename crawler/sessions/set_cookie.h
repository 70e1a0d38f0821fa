// SPDX-License-Identifier: Apache-2.0
// Set-Cookie as a user agent reads it: RFC 6265 section 5.2 (attributes), 5.1.1 (dates), 5.1.4 (default
// path). Hostile input read outside the jail, therefore bounded and without recursion or allocation beyond
// the bounds: heads over kMaxSetCookies fields lose the rest, a field over kMaxSetCookie bytes is left out
// whole.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"

namespace nightjar::sessions {

inline constexpr std::size_t kMaxSetCookies = 64;   // fields of one response
inline constexpr std::size_t kMaxSetCookie = 4096;  // bytes of one field's value (RFC 6265, section 6.1)

struct SetCookie {
  std::string name;  // never empty: RFC 6265 has no nameless cookies
  std::string value;
  std::string domain;              // lower case, without a leading dot; empty: host-only
  std::string path;                // empty: the default path
  std::optional<UtcTime> expires;  // none: until the session ends; a time past deletes
  bool secure = false;
  friend bool operator==(const SetCookie&, const SetCookie&) = default;
};

// One field's value. Nothing where section 5.2 says to ignore it, and where name or value hold a control
// character or a byte that may not stand in a Cookie line (RFC 6265bis, 5.6).
[[nodiscard]] std::optional<SetCookie> ParseSetCookie(ByteView untrusted_value, UtcTime now);

// The fields of a captured head (status line to empty line) in order.
[[nodiscard]] std::vector<SetCookie> SetCookiesOf(ByteView untrusted_head, UtcTime now);

// Section 5.1.1: day, month, year and time in any order, between delimiters.
[[nodiscard]] std::optional<UtcTime> ParseCookieDate(std::string_view untrusted_text);

}  // namespace nightjar::sessions
