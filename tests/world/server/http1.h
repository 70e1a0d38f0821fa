// SPDX-License-Identifier: Apache-2.0
// HTTP/1.1 between bytes and values (RFC 9112). Reading is strict, so that a crawler's mistakes show here
// first; writing says exactly what a Page asks for, and is a pure function, so that answers can be kept.
#pragma once

#include "tests/world/server/exchange.h"

namespace nightjar::world {

inline constexpr std::size_t kMaxHead = 16 << 10;  // request line and headers
inline constexpr std::size_t kMaxBody = 64 << 10;  // of a form

struct Parsed {
  enum class State { kNeedMore, kDone, kBad } state = State::kNeedMore;
  std::size_t consumed = 0;  // bytes of the request when done
  int status = 400;          // what to answer when bad: 400, 405, 413, 431, 501 or 505
  Request request;
};

// Tries to read one request off the front of `bytes`.
[[nodiscard]] Parsed ParseRequest(ByteView bytes);

// The whole answer to `request`: status line, headers, body; no body for HEAD. Sets no Date: same page, same
// bytes.
[[nodiscard]] Bytes EncodeAnswer(const Page& page, const Request& request);

// True when the connection must end after this answer.
[[nodiscard]] bool ClosesAfter(const Page& page, const Request& request);

// The answer to bytes that are no request.
[[nodiscard]] Page RefusalPage(int status);

}  // namespace nightjar::world
