// SPDX-License-Identifier: Apache-2.0
#include "crawler/tor_control/connection.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>

namespace nightjar::tor_control {
namespace {

constexpr std::size_t kPiece = 64 << 10;
constexpr std::size_t kMostPerReceive = 4 << 20;  // then other descriptors of the loop get their turn

Status TorGone() { return Fail(Code::kUnavailable, "Tor closed the control connection"); }

bool WouldWait() { return errno == EAGAIN || errno == EWOULDBLOCK; }

}  // namespace

Result<Connection> Connection::Open(const std::string& socket_path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket_path.size() >= sizeof address.sun_path)
    return Fail(Code::kInvalidInput, "a unix socket's path has at most 107 bytes", socket_path);
  std::memcpy(address.sun_path, socket_path.data(), socket_path.size());
  UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) return FailErrno("cannot make a socket");
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return Fail(Code::kUnavailable,
                std::string("Tor's control socket cannot be reached (") + std::strerror(errno) + ")",
                socket_path);
  }
  return Connection(std::move(socket));
}

Status Connection::Send(const std::string& command) {
  if (command.find_first_of("\r\n") != std::string::npos)
    return Fail(Code::kInvalidInput, "a control port command is one line");
  unsent_ += command;
  unsent_ += "\r\n";
  return Flush();
}

Status Connection::Flush() {
  while (!unsent_.empty()) {
    const ssize_t sent = ::send(socket_.get(), unsent_.data(), unsent_.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && WouldWait()) return {};
    if (sent < 0) return TorGone();
    unsent_.erase(0, static_cast<std::size_t>(sent));
  }
  return {};
}

Result<std::vector<Reply>> Connection::Receive() {
  Bytes piece(kPiece, '\0');
  bool ended = false;
  for (std::size_t taken = 0; taken < kMostPerReceive && !ended;) {
    const ssize_t got = ::recv(socket_.get(), piece.data(), piece.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && WouldWait()) break;
    ended = got <= 0;
    if (ended) break;
    parser_.Feed(ByteView(piece).substr(0, static_cast<std::size_t>(got)));
    taken += static_cast<std::size_t>(got);
  }
  std::vector<Reply> replies;
  while (true) {
    ASSIGN_OR_RETURN(auto reply, parser_.Next());
    if (!reply) break;
    replies.push_back(std::move(*reply));
  }
  if (ended && replies.empty()) return tl::unexpected(TorGone().error());
  return replies;
}

}  // namespace nightjar::tor_control
