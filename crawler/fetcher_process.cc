// SPDX-License-Identifier: Apache-2.0
#include "crawler/fetcher_process.h"

#include <poll.h>

namespace nightjar::crawler {
namespace {

constexpr int kChannelInChild = 3;
constexpr auto kReadyWithin = std::chrono::seconds(30);

Error NotReady(const std::string& why) {
  return {Code::kUnavailable,
          "nightjar-fetcher " + why +
              "; its own message is above. `nightjar-fetcher --selftest control "
              "TOR_SOCKET` tries its jail",
          {}};
}

}  // namespace

Result<FetcherProcess> FetcherProcess::Start(const std::string& program, const handover::Hello& hello) {
  ASSIGN_OR_RETURN(handover::SocketPair pair, handover::MakeSocketPair());
  ASSIGN_OR_RETURN(Child child, Child::Start({.program = program,
                                              .arguments = {},
                                              .descriptors = {{pair.theirs.get(), kChannelInChild}},
                                              .clear_environment = true}));
  pair.theirs.Reset();
  handover::Channel channel(std::move(pair.ours), handover::MaxFromFetcher(hello.limits));
  FetcherProcess fetcher(std::move(child), std::move(channel));
  if (!fetcher.channel_.Send(hello)) return tl::unexpected(NotReady("could not be greeted"));
  RETURN_IF_ERROR(fetcher.AwaitReady());
  return fetcher;
}

Status FetcherProcess::AwaitReady() {
  const MonoTime deadline = SystemClock().Mono() + kReadyWithin;
  while (sandbox_.empty()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - SystemClock().Mono());
    if (left.count() <= 0) return tl::unexpected(NotReady("did not become ready within 30 s"));
    pollfd waiting{channel_.fd(), POLLIN, 0};
    ::poll(&waiting, 1, static_cast<int>(left.count()));
    const auto messages = channel_.Receive();
    if (!messages) {
      const auto end = child_.WaitFor(std::chrono::seconds(1));
      return tl::unexpected(NotReady(end ? "ended before it was ready (" + end->Format() + ")"
                                         : "closed its channel before it was ready"));
    }
    if (messages->empty()) continue;
    const auto* ready = std::get_if<handover::Ready>(&messages->front());
    if (ready == nullptr) return tl::unexpected(NotReady("did not begin with Ready"));
    sandbox_ = ready->sandbox;
  }
  return {};
}

}  // namespace nightjar::crawler
