// SPDX-License-Identifier: Apache-2.0
// One client's connection: strict reading with deadlines, one answer after the other.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <chrono>
#include <set>

#include "search/http/message.h"

namespace nightjar::http {

// What all connections share; touched by the socket thread only, but for `answers` and `handler`.
struct Service {
  Handler handler;
  boost::asio::thread_pool& answers;  // where `handler` runs
  std::chrono::seconds header_timeout;
  std::size_t header_bytes;
  std::set<boost::beast::tcp_stream*> idle = {};  // connections with no request under way
  std::size_t open = 0;                           // connections of any kind
  bool stopping = false;                          // no further request on any connection
};

// Serves requests until the client leaves, breaks a rule or a deadline, or the service stops. A response
// carries the security fields of hostile.md section 5. Never throws.
[[nodiscard]] boost::asio::awaitable<void> ServeConnection(boost::beast::tcp_stream stream, Service& service);

}  // namespace nightjar::http
