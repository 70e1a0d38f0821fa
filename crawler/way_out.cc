// SPDX-License-Identifier: Apache-2.0
#include "crawler/way_out.h"

#include <unistd.h>

#include "base/log.h"

namespace nightjar::crawler {

WayOut::WayOut(WaySpec spec, FetcherKeeper fetcher, std::optional<tor_control::ManagedTor> managed,
               Random& random, const Clock& clock)
    : spec_(std::move(spec)),
      managed_(std::move(managed)),
      fetcher_(std::move(fetcher)),
      gate_(spec_.socket),
      consensus_file_(spec_.consensus, spec_.consensus_folder) {
  if (spec_.control.empty()) return;
  // A Tor of our own will write a file that we can read; that of another user may be closed to us.
  const bool readable = managed_ || ::access(spec_.consensus.c_str(), R_OK) == 0;
  watch_.emplace(tor_control::TorWatch::Options{
      .control_socket = spec_.control, .consensus = !readable, .clock = &clock, .random = &random});
}

Result<std::unique_ptr<WayOut>> WayOut::Start(WaySpec spec, FetcherKeeper::Options fetcher, Random& random) {
  std::optional<tor_control::ManagedTor> managed;
  if (spec.managed) {
    ASSIGN_OR_RETURN(managed, tor_control::ManagedTor::Start(*spec.managed));
  }
  const Clock& clock = *fetcher.clock;
  fetcher.hello.tor_socket = spec.socket;
  fetcher.hello.route_class = spec.route;
  auto started = FetcherKeeper::Start(fetcher);
  std::optional<Error> failure = started ? std::nullopt : std::optional(started.error());
  FetcherKeeper keeper =
      started ? std::move(*started) : FetcherKeeper::Later(std::move(fetcher), started.error());
  std::unique_ptr<WayOut> way(
      new WayOut(std::move(spec), std::move(keeper), std::move(managed), random, clock));
  way->first_failure_ = std::move(failure);
  return way;
}

void WayOut::Step() {
  if (managed_) managed_->Step();
  if (!watch_) return;
  watch_->Step();
  if (const auto document = watch_->TakeConsensus())
    consensus_told_ = NoteConsensus(*document, spec_.consensus_folder);
  TellFetcher();
  SayWhenItChanges();
}

void WayOut::TellFetcher() {
  const auto notes = watch_->TakeNotes();
  FetcherProcess* fetcher = notes.empty() ? nullptr : fetcher_.Running();
  if (fetcher == nullptr) return;
  for (const auto& note : notes) {
    // A fetcher that is gone is met, with its tasks, when it is read.
    if (!fetcher->channel().Send(handover::Circuit{note.socks_user, note.text})) return;
  }
}

std::string WayOut::Trouble() const {
  if (watch_ && !watch_->health().Bootstrapped()) return watch_->health().Describe();
  return gate_.open() ? std::string() : "its socket " + spec_.socket + " takes no connections";
}

void WayOut::SayWhenItChanges() {
  const bool asked = watch_->health().watched || !watch_->health().trouble.empty();
  const std::string trouble = Trouble();
  if (!asked || trouble == said_) return;
  if (trouble.empty())
    log::info("{}: ready", spec_.name);
  else
    log::info("{}: nothing is fetched yet: {}", spec_.name, log::Safe(trouble));
  said_ = trouble;
}

std::size_t WayOut::Allow(std::size_t wanted, MonoTime now) {
  if (fetcher_.Running() == nullptr) return 0;
  if (watch_) {
    const tor_control::Health& health = watch_->health();
    if (!health.Bootstrapped()) return 0;
    // Tor builds circuits when somebody wants one: after a long rest "none stands" would stay true for ever
    // if nobody asked. So one task at a time may.
    if (!health.circuits) wanted = under_way_ == 0 ? std::min<std::size_t>(wanted, 1) : 0;
  }
  return gate_.Allow(wanted, under_way_, now);
}

Status WayOut::Send(const handover::Task& task) {
  FetcherProcess* fetcher = fetcher_.Running();
  if (fetcher == nullptr) return Fail(Code::kUnavailable, "no fetcher runs");
  ++under_way_;
  return fetcher->channel().Send(task);
}

void WayOut::TaskEnded(captures::Outcome outcome, MonoTime now) {
  if (under_way_ > 0) --under_way_;
  fetcher_.Proved();
  if (outcome == captures::Outcome::kProxyUnavailable)
    gate_.Failed(now);
  else if (outcome != captures::Outcome::kNotAttempted)
    gate_.Passed();
}

void WayOut::Lose(const Error& why) {
  under_way_ = 0;
  fetcher_.Lost(why);
}

const std::string& WayOut::Consensus(MonoTime now) {
  if (spec_.consensus.empty()) return consensus_told_;
  const std::string& read = consensus_file_.Describe(now);
  return read == "unknown" ? consensus_told_ : read;
}

void WayOut::SetClientKeys(const tor_control::ClientKeys& keys) {
  if (watch_) watch_->SetClientKeys(keys);
}

}  // namespace nightjar::crawler
