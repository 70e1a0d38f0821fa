// SPDX-License-Identifier: Apache-2.0
#include "crawler/outgoing.h"

#include <utility>

#include "base/log.h"
#include "crawler/judge.h"
#include "crawler/surroundings.h"

namespace nightjar::crawler {
namespace {

using frontier::Cause;
using frontier::Ending;

const Ending kFetcherLost{.kind = Ending::Kind::kPassing, .cause = Cause::kLost};
const Ending kNotTried{.kind = Ending::Kind::kUntried};

}  // namespace

Status Outgoing::Step() {
  parts_.ways.Step(parts_.clock->Mono());
  return parts_.observer->Step();
}

bool Outgoing::Send(UnderWayTask task, std::uint32_t circuits) {
  const auto site = SiteHost::Parse(task.identity.host);
  const auto way = site ? parts_.ways.Choose(*site, parts_.clock->Mono()) : std::nullopt;
  if (!way) return false;
  task.way = *way;
  if (task.task.refusal.empty()) {
    const routes::Credentials credentials = routes_.Take(task.identity, circuits);
    task.task.socks_user = credentials.user;
    task.task.socks_password = credentials.password;
  } else {
    task.task.socks_user = "-";  // nothing travels
  }
  task.task.clock_state = ReadClockState();
  task.task.consensus = parts_.ways[*way].Consensus(parts_.clock->Mono());
  const handover::Task message = task.task;
  under_way_.Add(std::move(task));  // first: if the fetcher is lost now, the task comes back with the others
  if (const Status gone = parts_.ways[*way].Send(message); !gone) Lose(*way, gone.error(), kFetcherLost);
  return true;
}

Outgoing::Returned Outgoing::Take() {
  Returned returned;
  for (std::size_t way = 0; way < parts_.ways.size(); ++way) TakeFrom(way, returned);
  returned.lost = std::exchange(lost_, {});
  return returned;
}

void Outgoing::TakeFrom(std::size_t way, Returned& returned) {
  FetcherProcess* fetcher = parts_.ways[way].fetcher();
  if (fetcher == nullptr) return;
  const Status sent = fetcher->channel().Flush();
  auto messages = fetcher->channel().Receive();
  if (!messages) return Lose(way, messages.error(), kFetcherLost);
  for (auto& message : *messages) {
    if (const auto* begun = std::get_if<handover::Begun>(&message)) {
      if (const auto lease = under_way_.LeaseOf(begun->fetch_id, way)) returned.begun.push_back(*lease);
      continue;
    }
    auto* done = std::get_if<handover::Done>(&message);
    if (done == nullptr)
      return Lose(way, {Code::kRefused, "the fetcher said something unasked", {}}, kFetcherLost);
    auto answer = under_way_.Match(*done, way);
    if (!answer) return Lose(way, answer.error(), kFetcherLost);
    LearnFrom(answer->record, answer->asked);
    returned.answers.push_back(
        {std::move(answer->asked), std::move(answer->record), std::move(done->exchange)});
  }
  if (!sent) Lose(way, sent.error(), kFetcherLost);
}

void Outgoing::LearnFrom(const captures::Record& record, const UnderWayTask& asked) {
  log::debug("fetch {} of host {}: {}, status {}, {} bytes", record.fetch_id, asked.identity.host,
             captures::OutcomeName(record.outcome), record.http_status, record.response_size);
  parts_.ways[asked.way].TaskEnded(record.outcome, parts_.clock->Mono());
  if (asked.task.refusal.empty()) routes_.GiveBack(asked.identity, asked.task.socks_user);
  if (const auto why = SuspectsRoute(record.outcome))
    routes_.Leave(asked.identity, asked.task.socks_user, *why);
  if (const auto cause = SpeaksOfHost(record)) parts_.observer->Note(asked.identity.host, *cause);
}

void Outgoing::MetWall(const captures::Record& record) {
  if (const auto site = SiteHost::OfUrl(record.url))
    parts_.observer->Note(site->name(), availability::Cause::kWall);
}

void Outgoing::Lose(std::size_t way, const Error& why, Ending ending) {
  parts_.ways[way].Lose(why);
  for (UnderWayTask& task : under_way_.TakeAll(way)) {
    const bool goes_out = task.task.refusal.empty();
    if (goes_out) routes_.GiveBack(task.identity, task.task.socks_user);
    lost_.push_back({std::move(task), goes_out ? ending : kNotTried});
  }
}

void Outgoing::Renew(const Error& why) {
  for (std::size_t way = 0; way < parts_.ways.size(); ++way) Lose(way, why, kNotTried);
}

}  // namespace nightjar::crawler
