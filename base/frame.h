// SPDX-License-Identifier: Apache-2.0
// Frames: how two Nightjar processes speak over a pipe or socket pair. A frame is u32 little-endian length,
// then that many bytes. Both ends state the longest frame they accept; a longer one is an error and the peer
// is dropped.
#pragma once

#include <optional>

#include "base/bytes.h"
#include "base/result.h"

namespace nightjar {

// Blocking. kUnavailable when the peer is gone. A payload over 4 GiB aborts.
[[nodiscard]] Status WriteFrame(int fd, ByteView payload);

// Blocking. kUnavailable at end of file between frames, kCorrupt inside one, kRefused over `max_bytes`.
[[nodiscard]] Result<Bytes> ReadFrame(int fd, std::size_t max_bytes);

// Cuts frames out of a byte stream that arrives in pieces, for event loops. Holds at most one frame plus one
// piece.
class FrameSplitter final {
 public:
  explicit FrameSplitter(std::size_t max_bytes) : max_bytes_(max_bytes) {}
  void Feed(ByteView piece) { pending_.append(piece); }
  // The next whole frame, nothing if more bytes are needed, or kRefused (then the stream is lost for good).
  [[nodiscard]] Result<std::optional<Bytes>> Next();

 private:
  std::size_t max_bytes_;
  Bytes pending_;
  std::size_t consumed_ = 0;  // prefix of pending_ already handed out; cut off when it grows past half
};

// The length prefix alone, for writers that queue bytes themselves.
[[nodiscard]] Bytes FrameHeader(std::size_t payload_size);

}  // namespace nightjar
