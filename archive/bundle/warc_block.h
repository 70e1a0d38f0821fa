// SPDX-License-Identifier: Apache-2.0
// The block of a WARC record as it is exported: the bytes of the capture, in their redacted form where the
// record says so.
#pragma once

#include <array>

#include "archive/bundle/warc.h"
#include "archive/captures/archive.h"

namespace nightjar::bundle {

// Up to two pieces that follow one another; they point into the arguments or into this.
class BlockPieces final {
 public:
  BlockPieces(const WarcRecord& record, const captures::StoredCapture& capture);
  BlockPieces(const BlockPieces&) = delete;
  BlockPieces& operator=(const BlockPieces&) = delete;
  [[nodiscard]] std::array<ByteView, 2> views() const { return {first_, second_}; }

 private:
  Bytes redacted_;
  ByteView first_;
  ByteView second_;
};

}  // namespace nightjar::bundle
