// SPDX-License-Identifier: Apache-2.0
// Bytes as one gzip member (RFC 1952) with a header that never changes: no time, no name. Each record of a
// .warc.gz is a member of its own, so that a reader can begin at any of them (WARC 1.1, annex D).
#pragma once

#include <span>

#include "base/bytes.h"

namespace nightjar::wacz {

// `pieces` one after another.
[[nodiscard]] Bytes GzipMember(std::span<const ByteView> pieces);

}  // namespace nightjar::wacz
