// SPDX-License-Identifier: Apache-2.0
// Cookies as a person brings them from a browser: Netscape's cookies.txt (seven fields parted by TAB, as
// curl and wget write it; "#HttpOnly_" before the domain is a mark, other lines that begin with '#' are
// comments) or JSON (an array of objects with name, value, domain, path, expirationDate or expires, secure,
// hostOnly, as browser extensions export it).
#pragma once

#include <vector>

#include "crawler/sessions/jar.h"

namespace nightjar::sessions {

inline constexpr std::size_t kMaxCookieFile = 1 << 20;

// Every cookie of the file, whatever its service; which form it has is told by its first character.
// kInvalidInput with `name`:line (Netscape) or the element's number (JSON); values never appear in messages.
[[nodiscard]] Result<std::vector<Cookie>> ReadCookieFile(ByteView untrusted_text, const std::string& name,
                                                         UtcTime now);

}  // namespace nightjar::sessions
