// SPDX-License-Identifier: Apache-2.0
// The bytes of one response as they arrive, hashed while they pass and cut at the limits. What is kept is the
// final response message exactly: status line, fields and empty line in `head`, everything after in `body`
// with its codings on. Interim responses (1xx, RFC 9110 section 15.2) are messages of their own; they count
// against the header limits and are not kept.
#pragma once

#include "base/digest.h"
#include "crawler/handover/messages.h"

namespace nightjar::fetcher {

class Response final {
 public:
  explicit Response(const handover::Limits& limits) : limits_(limits) {}

  // Each returns false when a limit is reached: the transfer is to be ended. Body bytes up to the limit are
  // kept.
  [[nodiscard]] bool AddHeaderLine(ByteView line);
  [[nodiscard]] bool AddBody(ByteView piece);

  // Which limit ended it, as one sentence; empty if none did.
  [[nodiscard]] const std::string& broken_limit() const { return broken_limit_; }
  [[nodiscard]] bool body_cut() const { return body_cut_; }
  [[nodiscard]] bool begun() const { return !head_.empty(); }

  struct Kept {
    Bytes head;
    Bytes body;
    Digest response_sha256;  // head ‖ body
    Digest body_sha256;
  };
  [[nodiscard]] Kept Take();  // once

 private:
  bool Break(std::string sentence);

  const handover::Limits& limits_;
  Bytes head_;
  Bytes body_;
  bool head_complete_ = false;
  bool body_begun_ = false;
  bool body_cut_ = false;
  std::uint64_t header_bytes_ = 0;  // interim responses included
  std::uint32_t header_fields_ = 0;
  Sha256Stream response_hash_;
  Sha256Stream body_hash_;
  std::string broken_limit_;
};

}  // namespace nightjar::fetcher
