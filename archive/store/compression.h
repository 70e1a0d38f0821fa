// SPDX-License-Identifier: Apache-2.0
// Stored values, made small with zstd (RFC 8878). For our own stores: what a peer compressed is undone in the
// jail, never here.
#pragma once

#include <memory>

#include "base/bytes.h"
#include "base/result.h"

namespace nightjar::store {

// Keeps its working memory (about 1 MB) between calls. One thread at a time.
class Compressor final {
 public:
  Compressor();
  ~Compressor();
  Compressor(Compressor&&) noexcept;
  Compressor& operator=(Compressor&&) noexcept;

  // "zstd" frame with its content size, or, where that would not be smaller, the bytes as they are: the first
  // byte tells ('z' or 'r').
  [[nodiscard]] Bytes Pack(ByteView plain);

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

// Inverse of Pack(). kCorrupt when the bytes are no packed value or would unpack to more than `max_bytes`.
[[nodiscard]] Result<Bytes> Unpack(ByteView packed, std::size_t max_bytes);

}  // namespace nightjar::store
