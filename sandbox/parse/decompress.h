// SPDX-License-Identifier: Apache-2.0
// Undoes one content coding, streaming, with the bounds that make a bomb harmless: 8 MiB out, and a ratio
// over 200 once 64 KiB came out. (1 GiB of zeros is 841 bytes of brotli.) gzip RFC 1952, deflate RFC 9110
// section 8.4.1.2 (zlib or, as some servers send it, bare), br RFC 7932, zstd RFC 8878.
#pragma once

#include <string_view>

#include "base/bytes.h"

namespace nightjar::parse {

enum class Codec { kGzip, kDeflate, kBrotli, kZstd };

enum class StreamEnd {
  kWhole,     // the coding's own end was reached
  kEarly,     // the input stopped before it: a cut transfer
  kTooLarge,  // kMaxDecoded came out and there is more
  kBomb,      // over the ratio
  kDamaged,   // not this coding, or broken inside
};

inline constexpr std::size_t kMaxDecoded = 8 << 20;
inline constexpr std::size_t kRatioGrace = 64 << 10;
inline constexpr std::size_t kMaxRatio = 200;

struct Decompressed {
  Bytes bytes;  // what came out before the end, whatever the end was
  StreamEnd end = StreamEnd::kWhole;
};

[[nodiscard]] Decompressed Decompress(Codec codec, ByteView in);

}  // namespace nightjar::parse
