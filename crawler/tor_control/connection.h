// SPDX-License-Identifier: Apache-2.0
// One connection to a control socket, for event loops: nothing here ever waits. Commands are answered in
// their order (control-spec 2.1), so the caller keeps a queue of what it asked.
#pragma once

#include <string>
#include <vector>

#include "base/unique_fd.h"
#include "crawler/tor_control/reply.h"

namespace nightjar::tor_control {

// One thread.
class Connection final {
 public:
  // kUnavailable: nobody listens there, or it may not be entered.
  [[nodiscard]] static Result<Connection> Open(const std::string& socket_path);

  [[nodiscard]] int fd() const { return socket_.get(); }
  [[nodiscard]] bool has_unsent() const { return !unsent_.empty(); }  // then poll for POLLOUT, call Flush()

  // Queues a command (one line, without CRLF) and sends what the socket takes. kUnavailable: Tor is gone;
  // kInvalidInput: the command holds a line end, which would make it two.
  [[nodiscard]] Status Send(const std::string& command);
  [[nodiscard]] Status Flush();

  // Whole replies and events that have arrived. kUnavailable: Tor closed the connection. kCorrupt: what came
  // is not the protocol. After an error the connection is of no more use.
  [[nodiscard]] Result<std::vector<Reply>> Receive();

 private:
  explicit Connection(UniqueFd socket) : socket_(std::move(socket)) {}
  UniqueFd socket_;
  ReplyParser parser_;
  Bytes unsent_;
};

}  // namespace nightjar::tor_control
