// SPDX-License-Identifier: Apache-2.0
// One member of a gzip file (RFC 1952): what a WARC writer makes of each record. Bounded; hostile bytes.
#pragma once

#include <cstddef>

#include "base/bytes.h"

namespace nightjar::parse {

struct GzipMember {
  enum class End { kWhole, kDamaged, kCutShort, kTooLarge };
  Bytes plain;               // as far as it could be read
  std::size_t consumed = 0;  // compressed bytes, header and trailer included; of use for kWhole
  End end = End::kDamaged;
};

// The member at the start of `bytes`; at most `max_bytes` of it are unpacked. Its CRC is checked.
[[nodiscard]] GzipMember ReadGzipMember(ByteView bytes, std::size_t max_bytes);

}  // namespace nightjar::parse
