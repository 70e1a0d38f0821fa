// SPDX-License-Identifier: Apache-2.0
// Replies of Tor's control port, cut out of its byte stream. Source: control-spec 2.3 (Replies from Tor) and
// 4.1 (asynchronous events): lines of a three-digit status, one of "- +" and blank, text, CRLF; a '+' line is
// followed by lines up to a lone ".", in which a leading "." is doubled (RFC 5321 section 4.5.2).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace nightjar::tor_control {

struct ReplyLine {
  std::string text;  // after status and separator, without CRLF
  Bytes data;        // of a '+' line: the block, lines parted by LF
};

struct Reply {
  int status = 0;  // of its last line: 2xx done, 5xx refused, 650 event
  std::vector<ReplyLine> lines;
  [[nodiscard]] bool IsEvent() const { return status / 100 == 6; }
  [[nodiscard]] bool Ok() const { return status / 100 == 2; }
};

// Takes a stream in pieces of any size. Holds at most one reply: `max_bytes` over all its lines. The largest
// that Tor gives is a consensus, about 3 MB.
class ReplyParser final {
 public:
  static constexpr std::size_t kMaxReply = 16 << 20;
  static constexpr std::size_t kMaxLine = 64 << 10;
  explicit ReplyParser(std::size_t max_bytes = kMaxReply) : max_bytes_(max_bytes) {}

  void Feed(ByteView piece) { pending_.append(piece); }

  // The next whole reply, or nothing if more bytes are needed. kCorrupt: this is not the control protocol, or
  // longer than it may be; the stream is lost for good.
  [[nodiscard]] Result<std::optional<Reply>> Next();

 private:
  [[nodiscard]] std::optional<std::string> CutLine();
  [[nodiscard]] Status TakeData(std::string line);
  [[nodiscard]] Result<bool> TakeLine(const std::string& line);  // true: that was the last one

  const std::size_t max_bytes_;
  Bytes pending_;
  std::size_t consumed_ = 0;  // prefix of pending_ that was cut off already
  Reply reply_;               // so far
  std::size_t reply_bytes_ = 0;
  bool in_data_ = false;
  bool lost_ = false;
};

}  // namespace nightjar::tor_control
