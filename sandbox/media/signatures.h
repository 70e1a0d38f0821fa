// SPDX-License-Identifier: Apache-2.0
// What kind of file begins with these bytes. Sources: WHATWG MIME Sniffing Standard sections 6.1 (images),
// 6.2 (audio and video), 6.3 (fonts), 6.4 (archives) and 7.1 (documents); below the line, for programs and
// for archives that no browser knows, the file(1) magic of each format.
#pragma once

#include <string_view>

#include "base/bytes.h"

namespace nightjar::media {

inline constexpr std::size_t kSniffed = 1445;  // bytes that can matter (MIME Sniffing, section 5.2)

// The type ("image/png"), or nothing when the bytes bear no known mark.
[[nodiscard]] std::string_view TypeByMark(ByteView start);

}  // namespace nightjar::media
