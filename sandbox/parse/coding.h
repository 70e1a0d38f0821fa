// SPDX-License-Identifier: Apache-2.0
// From the raw message body to the decoded body: transfer coding, then content codings, as the head names
// them. Spans of facts count in the decoded body.
#pragma once

#include <string>

#include "base/bytes.h"
#include "sandbox/parse/http_head.h"

namespace nightjar::parse {

inline constexpr std::size_t kMaxCodings = 2;  // one over another; more is never honest

enum class CodingEnd { kWhole, kTooLarge, kBad };

struct DecodedBody {
  Bytes bytes;  // at most kMaxDecoded; what came out so far when the end is not kWhole
  CodingEnd end = CodingEnd::kWhole;
  std::string reason;  // why not kWhole
};

[[nodiscard]] DecodedBody UndoCodings(const Head& head, ByteView raw);

}  // namespace nightjar::parse
