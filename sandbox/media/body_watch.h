// SPDX-License-Identifier: Apache-2.0
// The media policy over one response body while it arrives. Content codings are looked through: a picture
// stays one when it comes gzip-coded. Work is bounded: the start is decoded again only when it has doubled,
// and never more than 64 KiB of it.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"
#include "sandbox/media/policy.h"

namespace nightjar::media {

class BodyWatch final {
 public:
  explicit BodyWatch(Policy policy) : policy_(std::move(policy)) {}

  // Once, before the first byte of the body; `head` is the raw response head.
  // Each returns the sentence for the record when the body must not be kept; then the transfer is to be cut.
  [[nodiscard]] std::optional<std::string> Begin(ByteView head);
  // `body` is all that has arrived so far, codings on.
  [[nodiscard]] std::optional<std::string> Look(ByteView body);
  // The transfer is over, however it ended.
  [[nodiscard]] std::optional<std::string> End(ByteView body);

 private:
  [[nodiscard]] std::optional<std::string> Decide(ByteView body, bool last);

  const Policy policy_;
  Bytes head_;
  std::string content_type_;
  std::size_t look_at_ = 1;  // decide again when this many bytes are there
  bool decided_ = false;
};

// The body with transfer and content codings undone, as far as they can be (sandbox/parse bounds it).
[[nodiscard]] Bytes DecodedBody(ByteView head, ByteView body);

// Is this a body that hash lists can know: anything but text?
[[nodiscard]] bool IsMedia(ByteView head, ByteView decoded_body);

}  // namespace nightjar::media
