// SPDX-License-Identifier: Apache-2.0
// Stored values, made small with zstd (RFC 8878). For our own stores: what a peer compressed is undone in the
// jail, never here.
#pragma once

#include <memory>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace nightjar::store {

// What many values have in common, so that each need only say what it has of its own. Immutable; any thread.
class Dictionary final {
 public:
  // Of at most `most_bytes`, by zstd's trainer (ZDICT, "fast cover"). Nothing where the samples are too few
  // or have too little in common.
  [[nodiscard]] static Bytes Train(const std::vector<Bytes>& samples, std::size_t most_bytes);

  // kCorrupt: those bytes are no dictionary.
  [[nodiscard]] static Result<std::shared_ptr<const Dictionary>> Load(ByteView bytes);
  ~Dictionary();

 private:
  friend class Compressor;
  friend Result<Bytes> Unpack(ByteView packed, std::size_t max_bytes, const Dictionary* dictionary);
  struct Loaded;
  explicit Dictionary(std::unique_ptr<Loaded> loaded);
  std::unique_ptr<Loaded> loaded_;
};

// Keeps its working memory (about 1 MB) between calls. One thread at a time.
class Compressor final {
 public:
  Compressor();
  ~Compressor();
  Compressor(Compressor&&) noexcept;
  Compressor& operator=(Compressor&&) noexcept;

  // "zstd" frame with its content size, or, where that would not be smaller, the bytes as they are: the first
  // byte tells ('z', 'd' for a frame that needs the dictionary, or 'r').
  [[nodiscard]] Bytes Pack(ByteView plain, const Dictionary* dictionary = nullptr);

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

// Inverse of Pack(). kCorrupt when the bytes are no packed value, need a dictionary that is not given, or
// would unpack to more than `max_bytes`.
[[nodiscard]] Result<Bytes> Unpack(ByteView packed, std::size_t max_bytes,
                                   const Dictionary* dictionary = nullptr);

}  // namespace nightjar::store
