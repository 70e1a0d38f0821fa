// SPDX-License-Identifier: Apache-2.0
#include "base/frame.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/codec.h"

namespace nightjar {
namespace {

constexpr std::size_t kHeaderSize = sizeof(std::uint32_t);

// False at end of file before the first byte; kCorrupt when the stream ends inside.
Result<bool> ReadExactly(int fd, char* out, std::size_t size) {
  for (std::size_t have = 0; have < size;) {
    const ssize_t got = ::read(fd, out + have, size - have);
    if (got < 0 && errno == EINTR) continue;
    // A peer that went with our bytes unread resets a socket pair instead of ending it.
    const bool ended = got == 0 || (got < 0 && errno == ECONNRESET);
    if (ended && have == 0) return false;
    if (ended) return Fail(Code::kCorrupt, "the peer process ended inside a message");
    if (got < 0) return FailErrno("cannot read from the peer process");
    have += static_cast<std::size_t>(got);
  }
  return true;
}

Status WriteWhole(int fd, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0 && (errno == EPIPE || errno == ECONNRESET)) {
      return Fail(Code::kUnavailable, "the peer process has gone");
    }
    if (put < 0) return FailErrno("cannot write to the peer process");
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return {};
}

}  // namespace

Bytes FrameHeader(std::size_t payload_size) {
  if (payload_size > UINT32_MAX) std::abort();
  return Encoder().U32(static_cast<std::uint32_t>(payload_size)).Take();
}

Status WriteFrame(int fd, ByteView payload) {
  // In one call: a header on its own would wake the peer for four bytes, and the rest once more.
  return WriteWhole(fd, FrameHeader(payload.size()).append(payload));
}

Result<Bytes> ReadFrame(int fd, std::size_t max_bytes) {
  std::uint32_t size = 0;
  ASSIGN_OR_RETURN(const bool any, ReadExactly(fd, reinterpret_cast<char*>(&size), kHeaderSize));
  if (!any) return Fail(Code::kUnavailable, "the peer process has gone");
  if (size > max_bytes)
    return Fail(Code::kRefused, "the peer announced a message of " + std::to_string(size) + " bytes");
  Bytes payload(size, '\0');
  if (size == 0) return payload;
  ASSIGN_OR_RETURN(const bool whole, ReadExactly(fd, payload.data(), size));
  if (!whole) return Fail(Code::kCorrupt, "the peer process ended inside a message");
  return payload;
}

Result<std::optional<Bytes>> FrameSplitter::Next() {
  const ByteView rest = ByteView(pending_).substr(consumed_);
  if (rest.size() < kHeaderSize) return std::optional<Bytes>();
  std::uint32_t size = 0;
  std::memcpy(&size, rest.data(), kHeaderSize);
  if (size > max_bytes_) {
    return Fail(Code::kRefused, "the peer announced a message of " + std::to_string(size) + " bytes");
  }
  if (rest.size() < kHeaderSize + size) return std::optional<Bytes>();
  std::optional<Bytes> frame(Bytes(rest.substr(kHeaderSize, size)));
  consumed_ += kHeaderSize + size;
  if (consumed_ > pending_.size() / 2) {
    pending_.erase(0, consumed_);
    consumed_ = 0;
  }
  return frame;
}

}  // namespace nightjar
