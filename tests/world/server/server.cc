// SPDX-License-Identifier: Apache-2.0
#include "tests/world/server/server.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace nightjar::world {

struct Server::Source {
  enum class Kind { kPort, kConnection } kind;
};

struct Server::Port : Source {
  UniqueFd fd;
  Service* service;
};

struct Server::Connection : Source {
  UniqueFd fd;
  Service* service;
  std::list<Connection>::iterator self;
  std::uint32_t events = EPOLLIN;  // what epoll watches for
  Bytes in;                        // received, not yet answered
  Answer answer;                   // being sent while it has bytes
  std::size_t sent = 0;
  bool draining = false;   // our last answer is out: what still comes is thrown away until the peer closes,
                           // because closing over unread bytes would reset the connection and lose the answer
  bool peer_done = false;  // the peer sends no more
};

Server::Server(AccessLog& log) : log_(log) {}
Server::~Server() = default;

Status Server::Watch(int fd, Source* source, bool known, std::uint32_t events) const {
  epoll_event event{};
  event.events = events;
  event.data.ptr = source;
  if (::epoll_ctl(epoll_.get(), known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, &event) != 0)
    return FailErrno("cannot watch a descriptor");
  return {};
}

Status Server::Add(UniqueFd listening, Service& service) {
  if (!epoll_) epoll_.Reset(::epoll_create1(EPOLL_CLOEXEC));
  if (!epoll_) return FailErrno("cannot make an epoll instance");
  Port& port = ports_.emplace_back(Port{{Source::Kind::kPort}, std::move(listening), &service});
  return Watch(port.fd.get(), &port, false, EPOLLIN);
}

Status Server::Run(const std::vector<int>& stop_fds) {
  for (const int fd : stop_fds) RETURN_IF_ERROR(Watch(fd, nullptr, false, EPOLLIN));
  std::array<epoll_event, 256> events;
  while (true) {
    const int count = ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), -1);
    if (count < 0 && errno != EINTR) return FailErrno("cannot wait for clients");
    for (int i = 0; i < count; ++i) {
      auto* source = static_cast<Source*>(events[static_cast<std::size_t>(i)].data.ptr);
      if (source == nullptr) return log_.Flush();
      if (source->kind == Source::Kind::kPort) {
        Accept(static_cast<Port&>(*source));
      } else if (auto& connection = static_cast<Connection&>(*source); !Advance(connection)) {
        connections_.erase(connection.self);
      }
    }
    RETURN_IF_ERROR(log_.Flush());
  }
}

void Server::Accept(Port& port) {
  UniqueFd fd(::accept4(port.fd.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!fd) return;  // the client went away, or descriptors are short: either way the loop goes on
  Connection& connection = connections_.emplace_back();
  connection.kind = Source::Kind::kConnection;
  connection.fd = std::move(fd);
  connection.service = port.service;
  connection.self = std::prev(connections_.end());
  if (!Watch(connection.fd.get(), &connection, false, connection.events)) connections_.pop_back();
}

bool Server::Advance(Connection& connection) {
  if (!connection.answer.bytes && !Read(connection)) return false;
  std::uint32_t wanted = EPOLLIN;
  do {
    const Sent sent = Write(connection);
    if (sent == Sent::kGone) return false;
    if (sent == Sent::kBlocked) wanted = EPOLLOUT;
  } while (wanted == EPOLLIN && AnswerNext(connection));
  if (wanted == EPOLLIN && connection.peer_done) return false;
  if (wanted == connection.events) return true;
  connection.events = wanted;
  return Watch(connection.fd.get(), &connection, true, wanted).has_value();
}

bool Server::Read(Connection& connection) {
  std::array<char, 64 << 10> piece;
  const ssize_t got = ::recv(connection.fd.get(), piece.data(), piece.size(), 0);
  if (got < 0) return errno == EAGAIN || errno == EINTR;
  connection.peer_done = got == 0;
  if (!connection.draining) connection.in.append(piece.data(), static_cast<std::size_t>(got));
  return true;
}

Server::Sent Server::Write(Connection& connection) {
  if (!connection.answer.bytes) return Sent::kAll;
  const Bytes& bytes = *connection.answer.bytes;
  while (connection.sent < bytes.size()) {
    const ssize_t put = ::send(connection.fd.get(), bytes.data() + connection.sent,
                               bytes.size() - connection.sent, MSG_NOSIGNAL);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return errno == EAGAIN ? Sent::kBlocked : Sent::kGone;
    connection.sent += static_cast<std::size_t>(put);
  }
  if (connection.answer.close) {
    ::shutdown(connection.fd.get(), SHUT_WR);
    connection.draining = true;
    connection.in.clear();
  }
  connection.answer = {};
  connection.sent = 0;
  return Sent::kAll;
}

bool Server::AnswerNext(Connection& connection) {
  if (connection.draining || connection.in.empty()) return false;
  Parsed parsed = ParseRequest(connection.in);
  if (parsed.state == Parsed::State::kNeedMore) return false;
  if (parsed.state == Parsed::State::kBad) {
    Request nothing;
    nothing.keep_alive = false;
    connection.answer = {std::make_shared<const Bytes>(EncodeAnswer(RefusalPage(parsed.status), nothing)),
                         parsed.status, true};
    parsed.request.target = "-";
  } else {
    connection.in.erase(0, parsed.consumed);
    connection.answer = connection.service->Respond(parsed.request);
  }
  log_.Add(connection.service->host(), parsed.request.target, connection.answer.status,
           connection.answer.bytes->size());
  return true;
}

}  // namespace nightjar::world
