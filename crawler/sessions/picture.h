// SPDX-License-Identifier: Apache-2.0
// The bytes of a wall's picture, out of a captured response. The jail reads pages, not pictures; here only
// the transfer is undone (Content-Length or chunked, RFC 9112 section 7.1), nothing is decoded, and whatever
// is not plainly a small picture is refused.
#pragma once

#include "base/bytes.h"
#include "base/result.h"

namespace nightjar::sessions {

inline constexpr std::size_t kMaxPicture = 512 << 10;

// kRefused with the reason: no picture by declared type or by first bytes (PNG, JPEG, GIF, WebP, BMP, SVG is
// none), a content coding, a broken chunk, too large.
[[nodiscard]] Result<Bytes> PictureIn(ByteView untrusted_head, ByteView untrusted_body);

}  // namespace nightjar::sessions
