// SPDX-License-Identifier: Apache-2.0
#include "sandbox/pool/worker.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/frame.h"
#include "sandbox/wire/document.h"
#include "sandbox/wire/facts.h"

namespace nightjar::pool {
namespace {

constexpr int kChannelBytes = 1 << 20;  // most pages and answers pass in one go

struct Channel {
  UniqueFd here;   // non-blocking
  UniqueFd there;  // blocking, for the worker
};

// A socket pair used in one direction: unlike a pipe, writing to a dead peer needs no SIGPIPE handling of the
// process.
Result<Channel> MakeChannel(bool towards_worker) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return FailErrno("cannot make a socket pair");
  Channel channel{UniqueFd(ends[0]), UniqueFd(ends[1])};
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  ::setsockopt(towards_worker ? ends[0] : ends[1], SOL_SOCKET, SO_SNDBUF, &kChannelBytes,
               sizeof kChannelBytes);
  ::shutdown(ends[0], towards_worker ? SHUT_RD : SHUT_WR);
  return channel;
}

Status WaitFor(int fd, short events, Deadline deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  if (left.count() <= 0) return Fail(Code::kTimeout, "the worker's deadline passed");
  pollfd waiting{fd, events, 0};
  if (::poll(&waiting, 1, static_cast<int>(left.count())) < 0 && errno != EINTR)
    return FailErrno("cannot poll a worker");
  return {};
}

bool WouldBlock() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

}  // namespace

Result<Worker> Worker::Start(const std::string& program, ByteView profiles, Deadline deadline) {
  ASSIGN_OR_RETURN(Channel to, MakeChannel(true));
  ASSIGN_OR_RETURN(Channel from, MakeChannel(false));
  ASSIGN_OR_RETURN(Child child, Child::Start({.program = program,
                                              .arguments = {},
                                              .descriptors = {{to.there.get(), 0}, {from.there.get(), 1}},
                                              .clear_environment = true}));
  Worker worker(std::move(child), std::move(to.here), std::move(from.here));
  to.there.Reset();  // or the end of the worker would not be seen here
  from.there.Reset();
  auto first = worker.Receive(wire::kMaxEncodedHello, deadline);
  if (!first) {
    return Fail(first.error().code, first.error().text + "; " + worker.HowItEnded(), program);
  }
  ASSIGN_OR_RETURN(worker.hello_, wire::DecodeHello(*first));
  if (!worker.hello_.failure.empty()) return Fail(Code::kUnavailable, worker.hello_.failure, program);
  if (worker.hello_.extractor != wire::kExtractor) {
    return Fail(Code::kUnavailable,
                "is of another version (" + worker.hello_.extractor + "); install both programs together",
                program);
  }
  RETURN_IF_ERROR(worker.Send(FrameHeader(profiles.size()), deadline));
  RETURN_IF_ERROR(worker.Send(profiles, deadline));
  return worker;
}

Result<Bytes> Worker::Exchange(ByteView request, Deadline deadline) {
  const auto began = std::chrono::steady_clock::now();
  ++documents;
  // Header and request in one piece, or the worker would be woken twice.
  auto answer = Send(FrameHeader(request.size()).append(request), deadline).and_then([&] {
    return Receive(wire::kMaxEncodedFacts, deadline);
  });
  busy += std::chrono::steady_clock::now() - began;
  return answer;
}

Status Worker::Send(ByteView bytes, Deadline deadline) {
  while (!bytes.empty()) {
    const ssize_t put = ::send(to_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (put >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(put));
      continue;
    }
    if (!WouldBlock()) return Fail(Code::kUnavailable, "the worker has gone");
    RETURN_IF_ERROR(WaitFor(to_.get(), POLLOUT, deadline));
  }
  return {};
}

Result<Bytes> Worker::Receive(std::size_t max_bytes, Deadline deadline) {
  FrameSplitter frames(max_bytes);
  std::array<char, 256 << 10> piece;
  for (;;) {
    const ssize_t got = ::recv(from_.get(), piece.data(), piece.size(), 0);
    if (got < 0 && WouldBlock()) {
      RETURN_IF_ERROR(WaitFor(from_.get(), POLLIN, deadline));
      continue;
    }
    if (got <= 0) return Fail(Code::kUnavailable, "the worker has gone");
    frames.Feed({piece.data(), static_cast<std::size_t>(got)});
    ASSIGN_OR_RETURN(auto frame, frames.Next());
    if (frame) return std::move(*frame);
  }
}

bool Worker::IsReady() const {
  pollfd answers{from_.get(), POLLIN, 0};
  return ::poll(&answers, 1, 0) == 0;
}

std::string Worker::HowItEnded() {
  constexpr std::chrono::milliseconds kPatience(200);  // its pipe closed, so its end is near or past
  const auto end = child_.WaitFor(kPatience);
  return end ? end->Format() : "still running";
}

}  // namespace nightjar::pool
