// SPDX-License-Identifier: Apache-2.0
// The serve role: the HTTP service over index and archive (both read only). Boost.Beast with coroutines.
//
// Threads: one owns all sockets; `serve.threads` others make the answers, so that a slow query never keeps a
// connection from being accepted or timed out.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "base/clock.h"
#include "base/stop.h"
#include "config/settings.h"
#include "search/http/message.h"

namespace nightjar::http {

// A listening service. Started and stopped by one thread.
class Server final {
 public:
  // Listens on serve.listen ("address:port", port 0 for any free one) and nothing else. kInvalidInput for an
  // address that is none, kUnavailable when it is taken. `clock` outlives the server.
  [[nodiscard]] static Result<std::unique_ptr<Server>> Start(const config::Settings& settings,
                                                             const Clock& clock);
  // The same sockets, limits and strictness for another service than search: what `handler` holds on to
  // outlives the server.
  [[nodiscard]] static Result<std::unique_ptr<Server>> Start(const config::ServeSettings& serve,
                                                             Handler handler);

  // As Stop() without patience.
  ~Server();

  [[nodiscard]] std::uint16_t port() const;

  // Accepts nothing more, finishes answers under way for at most `patience`, then closes everything.
  void Stop(std::chrono::milliseconds patience);

 private:
  struct State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Runs until `stop`; then finishes answers under way (at most 5 s) and returns OK.
[[nodiscard]] Status RunServe(const config::Settings& settings, StopSignal& stop);

}  // namespace nightjar::http
