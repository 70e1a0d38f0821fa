// SPDX-License-Identifier: Apache-2.0
// The bytes of one response as they arrive, hashed while they pass, cut at the limits and held against the
// media policy. What is kept is the final response message exactly: status line, fields and empty line in
// `head`, everything after in `body` with its codings on. Interim responses (1xx, RFC 9110 section 15.2) are
// messages of their own; they count against the header limits and are not kept. A body that is withheld is
// counted, hashed and dropped; it leaves this object in no form.
#pragma once

#include "archive/captures/record.h"
#include "base/digest.h"
#include "crawler/fetcher/hash_lists.h"
#include "crawler/handover/messages.h"
#include "sandbox/media/body_watch.h"

namespace nightjar::fetcher {

class Response final {
 public:
  // What must not be kept, of this response.
  struct Rules {
    media::Policy policy;
    const HashLists* hash_lists = nullptr;
  };
  // `limits` and the hash lists outlive it.
  Response(const handover::Limits& limits, const Rules& rules)
      : limits_(limits), rules_(rules), watch_(rules.policy) {}

  // Each returns false when a limit is reached or the body must not be kept: the transfer is to be ended.
  // Body bytes up to the limit are kept.
  [[nodiscard]] bool AddHeaderLine(ByteView line);
  [[nodiscard]] bool AddBody(ByteView piece);
  // Once, when no more will come: the last look of the media policy, and the hash lists'.
  void End();

  // Which limit ended it, as one sentence; empty if none did.
  [[nodiscard]] const std::string& broken_limit() const { return broken_limit_; }
  // Why the body is not kept, as one sentence; empty if it is.
  [[nodiscard]] const std::string& withheld() const { return why_withheld_; }
  [[nodiscard]] bool body_cut() const { return body_cut_; }
  [[nodiscard]] bool begun() const { return !head_.empty(); }

  struct Kept {
    Bytes head;
    Bytes body;
    Digest response_sha256;  // head ‖ body
    Digest body_sha256;
    captures::Withheld withheld;
  };
  [[nodiscard]] Kept Take();  // once, after End()

 private:
  bool Break(std::string sentence);
  bool Withhold(captures::Withheld::By by, std::string why);

  const handover::Limits& limits_;
  const Rules rules_;
  media::BodyWatch watch_;
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
  captures::Withheld withheld_;
  std::string why_withheld_;
};

}  // namespace nightjar::fetcher
