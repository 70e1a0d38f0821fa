// SPDX-License-Identifier: Apache-2.0
// The loop that serves all sites of the world: one thread, epoll, keep-alive, one request after the other on
// each connection. Fast enough that benchmarks measure the crawler and not this (README.md has the figure).
#pragma once

#include <list>
#include <vector>

#include "tests/world/server/access_log.h"
#include "tests/world/server/service.h"

namespace nightjar::world {

class Server final {
 public:
  explicit Server(AccessLog& log);  // the log must outlive the server
  ~Server();

  // Before Run(). The service must outlive the server.
  [[nodiscard]] Status Add(UniqueFd listening, Service& service);

  // Serves until one of `stop_fds` is readable. Errors are those of the machine (epoll, log), never of a
  // client.
  [[nodiscard]] Status Run(const std::vector<int>& stop_fds);

 private:
  struct Source;
  struct Port;
  struct Connection;
  enum class Sent { kAll, kBlocked, kGone };

  [[nodiscard]] Status Watch(int fd, Source* source, bool known, std::uint32_t events) const;
  void Accept(Port& port);
  [[nodiscard]] bool Advance(Connection& connection);  // as far as it goes without waiting; false: it is over
  [[nodiscard]] static bool Read(Connection& connection);
  [[nodiscard]] static Sent Write(Connection& connection);
  [[nodiscard]] bool AnswerNext(Connection& connection);  // false: no whole request is there

  AccessLog& log_;
  UniqueFd epoll_;
  std::list<Port> ports_;
  std::list<Connection> connections_;
};

}  // namespace nightjar::world
