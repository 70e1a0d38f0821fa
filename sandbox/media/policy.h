// SPDX-License-Identifier: Apache-2.0
// Which bodies are kept: text, and the types a job allows by name. Both what is declared and what the bytes
// show must be allowed, so neither a lying header nor a lying body gets a picture in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace nightjar::media {

class Policy final {
 public:
  Policy() = default;  // text only
  // Entries "image/png", "image/*" or "*/*", lower case; others allow nothing.
  explicit Policy(std::vector<std::string> allowed) : allowed_(std::move(allowed)) {}

  [[nodiscard]] bool text_only() const { return allowed_.empty(); }
  [[nodiscard]] bool Allows(std::string_view essence) const;

 private:
  std::vector<std::string> allowed_;
};

// The type that is not allowed and how it was known; both empty for a body that is kept.
struct Objection {
  std::string type;
  std::string_view by;  // "declared" or "found in its first bytes"
  [[nodiscard]] bool raised() const { return !type.empty(); }
};

// By the header alone: enough to cut a transfer before its first byte of body.
[[nodiscard]] Objection ObjectToHeader(const Policy& policy, std::string_view content_type);

// By header and first bytes (decoded; kSniffed of them, or all there are).
[[nodiscard]] Objection ObjectToBytes(const Policy& policy, std::string_view content_type, ByteView start);

// Is there any control character that no text has?
[[nodiscard]] bool HoldsBinary(ByteView bytes);

// What a body that is kept is to be called: nothing for text, else the type found, or declared.
[[nodiscard]] std::string KindOf(std::string_view content_type, ByteView start);

}  // namespace nightjar::media
