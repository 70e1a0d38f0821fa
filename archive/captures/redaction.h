// SPDX-License-Identifier: Apache-2.0
// What of an exchange is a session's secret, and how the exchange is shown without it. The archive keeps
// every byte; exports and views show the redacted form of a capture whose record has redacted-* lines. The
// fetcher computes that form when it signs, so the signature covers the digests of both: nobody can later
// pass off another text as "the redacted one".
//
// Pure functions of the bytes, the same in verify.py's eyes: it checks their result by the signed digest.
#pragma once

#include <string_view>

#include "archive/captures/record.h"

namespace nightjar::captures {

// Stands for any secret, whatever its length.
inline constexpr std::string_view kRedactionMark = "[redacted by Nightjar]";

// The values of Cookie, Authorization, Proxy-Authorization and Content-Length fields (a length would betray
// that of a password), continuation lines included, and the whole body.
[[nodiscard]] Bytes RedactRequest(ByteView request);

// The values of Set-Cookie fields. Bodies are not touched: what a page prints of its user stays (README.md).
[[nodiscard]] Bytes RedactHead(ByteView head);

[[nodiscard]] RedactedBlock DescribeRedactedRequest(ByteView request);
[[nodiscard]] RedactedBlock DescribeRedactedResponse(ByteView head, ByteView body);

// Whether the record asks for the redacted form.
[[nodiscard]] inline bool IsRedacted(const Record& record) { return record.redacted_request.has_value(); }

}  // namespace nightjar::captures
