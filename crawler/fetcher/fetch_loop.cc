// SPDX-License-Identifier: Apache-2.0
#include "crawler/fetcher/fetch_loop.h"

#include "crawler/fetcher/gate.h"
#include "crawler/fetcher/options.h"
#include "crawler/fetcher/session_request.h"

namespace nightjar::fetcher {
namespace {

constexpr int kLongestWaitMs = 1000;

Multi MakeMulti(std::uint32_t concurrency) {
  Multi multi(curl_multi_init());
  if (!multi) Die("libcurl gave no multi handle");
  // Kept-alive connections; libcurl gives one only to a transfer with the same SOCKS user and password.
  Check(curl_multi_setopt(multi.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(concurrency)), "MAXCONNECTS");
  Check(curl_multi_setopt(multi.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING)),
        "PIPELINING");
  return multi;
}

}  // namespace

FetchLoop::FetchLoop(handover::Channel channel, const handover::Hello& hello, HashLists hash_lists,
                     Witness witness, std::string authorities)
    : limits_(hello.limits),
      route_(hello.route_class),
      profile_(hello.header),
      hash_lists_(std::move(hash_lists)),
      header_(MakeHeader(profile_)),
      pattern_(MakePattern({.limits = limits_,
                            .header = header_.get(),
                            .route = route_,
                            .authorities = std::move(authorities)})),
      multi_(MakeMulti(hello.concurrency)),
      channel_(std::move(channel)),
      witness_(std::move(witness)) {}

FetchLoop::~FetchLoop() {
  for (const auto& [easy, transfer] : under_way_) curl_multi_remove_handle(multi_.get(), easy);
}

Status FetchLoop::Run() {
  while (true) {
    Wait();
    if (const Status taken = TakeMessages(); !taken)
      return taken.error().code == Code::kUnavailable ? Status() : taken;
    int running = 0;
    Check(curl_multi_perform(multi_.get(), &running), "curl_multi_perform");
    const Status told = ReportBegun().and_then([&] { return ReportEnded(); });
    if (const Status sent = told.and_then([&] { return channel_.Flush(); }); !sent)
      return sent.error().code == Code::kUnavailable ? Status() : sent;
  }
}

void FetchLoop::Wait() {
  curl_waitfd role{};
  role.fd = channel_.fd();
  role.events = CURL_WAIT_POLLIN;
  if (channel_.has_unsent()) role.events |= CURL_WAIT_POLLOUT;
  Check(curl_multi_poll(multi_.get(), &role, 1, kLongestWaitMs, nullptr), "curl_multi_poll");
}

Status FetchLoop::TakeMessages() {
  ASSIGN_OR_RETURN(auto messages, channel_.Receive());
  for (auto& message : messages) {
    if (auto* circuit = std::get_if<handover::Circuit>(&message)) {
      circuits_.Keep(std::move(circuit->socks_user), std::move(circuit->text));
      continue;
    }
    auto* task = std::get_if<handover::Task>(&message);
    if (task == nullptr) return Fail(Code::kCorrupt, "the crawl role sent something that is no task");
    RETURN_IF_ERROR(Begin(std::move(*task)));
  }
  return {};
}

Status FetchLoop::Begin(handover::Task task) {
  if (!task.refusal.empty()) return channel_.Send(witness_.TestifyNotAttempted(task, task.refusal));
  const auto url = PassGate(task.url, route_);
  if (!url) return channel_.Send(witness_.TestifyNotAttempted(task, url.error().text));
  if (const Status part = CheckSessionPart(task); !part)
    return channel_.Send(witness_.TestifyNotAttempted(task, part.error().text));
  auto transfer = std::make_unique<Transfer>(pattern_.get(), std::move(task), *url,
                                             Transfer::Rules{limits_, hash_lists_, begun_, route_});
  if (HasSessionPart(transfer->task()))
    transfer->SendSessionPart(MakeSessionHeader(profile_, transfer->task(), *url));
  CURL* easy = transfer->easy();
  under_way_.emplace(easy, std::move(transfer));
  Check(curl_multi_add_handle(multi_.get(), easy), "curl_multi_add_handle");
  return {};
}

Status FetchLoop::ReportBegun() {
  for (std::string& fetch_id : begun_) RETURN_IF_ERROR(channel_.Send(handover::Begun{std::move(fetch_id)}));
  begun_.clear();
  return {};
}

Status FetchLoop::ReportEnded() {
  int queued = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &queued)) {
    if (message->msg != CURLMSG_DONE) continue;
    CURL* easy = message->easy_handle;
    const CURLcode code = message->data.result;  // `message` ends with the removal below
    Check(curl_multi_remove_handle(multi_.get(), easy), "curl_multi_remove_handle");
    const auto transfer = std::move(under_way_.extract(easy).mapped());
    Observation seen = transfer->Finish(code);
    // Without a stream there is nothing that the circuit carried; what is known of it is of an exchange
    // before.
    if (seen.connected) seen.circuit = circuits_.Of(transfer->task().socks_user);
    RETURN_IF_ERROR(channel_.Send(witness_.Testify(transfer->task(), std::move(seen))));
  }
  return {};
}

}  // namespace nightjar::fetcher
