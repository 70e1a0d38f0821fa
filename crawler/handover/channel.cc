// SPDX-License-Identifier: Apache-2.0
#include "crawler/handover/channel.h"

#include <fcntl.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

namespace nightjar::handover {
namespace {

constexpr std::size_t kPiece = 256 << 10;
constexpr std::size_t kMostPerReceive = 4 << 20;  // then other descriptors of the loop get their turn

Status PeerGone() { return Fail(Code::kUnavailable, "the other end of the handover has gone"); }

bool WouldWait() { return errno == EAGAIN || errno == EWOULDBLOCK; }

}  // namespace

Channel::Channel(UniqueFd socket, std::size_t max_frame)
    : socket_(std::move(socket)), frames_(max_frame), piece_(kPiece, '\0') {
  ::fcntl(socket_.get(), F_SETFL, ::fcntl(socket_.get(), F_GETFL) | O_NONBLOCK);
}

Status Channel::Send(const Message& message) {
  Bytes payload = Encode(message);
  unsent_.push_back(FrameHeader(payload.size()));
  unsent_.push_back(std::move(payload));
  return Flush();
}

Status Channel::Flush() {
  while (!unsent_.empty()) {
    const ByteView rest = ByteView(unsent_.front()).substr(sent_of_first_);
    const ssize_t sent = ::send(socket_.get(), rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && WouldWait()) return {};
    if (sent < 0) return PeerGone();
    sent_of_first_ += static_cast<std::size_t>(sent);
    if (sent_of_first_ < unsent_.front().size()) continue;
    unsent_.pop_front();
    sent_of_first_ = 0;
  }
  return {};
}

Result<std::vector<Message>> Channel::Receive() {
  bool ended = false;
  for (std::size_t taken = 0; taken < kMostPerReceive;) {
    const ssize_t got = ::recv(socket_.get(), piece_.data(), piece_.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && WouldWait()) break;
    ended = got <= 0;
    if (ended) break;
    frames_.Feed(ByteView(piece_).substr(0, static_cast<std::size_t>(got)));
    taken += static_cast<std::size_t>(got);
  }
  std::vector<Message> messages;
  while (true) {
    ASSIGN_OR_RETURN(const auto frame, frames_.Next());
    if (!frame) break;
    ASSIGN_OR_RETURN(auto message, Decode(*frame));
    messages.push_back(std::move(message));
  }
  // What a dying peer said last still counts; its end is met again by the next call.
  if (ended && messages.empty()) return tl::unexpected(PeerGone().error());
  return messages;
}

Result<SocketPair> MakeSocketPair() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return FailErrno("cannot make a socket pair");
  return SocketPair{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

}  // namespace nightjar::handover
