// SPDX-License-Identifier: Apache-2.0
#include "crawler/frontier/frontier.h"

#include <algorithm>

#include "crawler/frontier/frontier_state.h"
#include "crawler/frontier/tick_work.h"

namespace nightjar::frontier {

Frontier::Frontier(std::unique_ptr<State> state) : state_(std::move(state)) {}
Frontier::~Frontier() = default;

Result<std::unique_ptr<Frontier>> Frontier::Open(Options options) {
  if (options.clock == nullptr) options.clock = &SystemClock();
  if (options.random == nullptr) options.random = &SystemRandom();
  if (options.boot_id.empty()) options.boot_id = BootId();
  ASSIGN_OR_RETURN(store::WriterLock lock, store::WriterLock::Acquire(options.folder));
  ASSIGN_OR_RETURN(auto env, store::Env::Open(StoreOptions(options.folder, false)));
  std::unique_ptr<State> state;
  {
    ASSIGN_OR_RETURN(const auto txn, env->Read());
    ASSIGN_OR_RETURN(const auto mark, ReadMark(txn));
    Timeline timeline(*options.clock, options.boot_id, mark);
    state.reset(new State{.options = std::move(options),
                          .lock = std::move(lock),
                          .env = env,
                          .timeline = std::move(timeline),
                          .bench = {},
                          .jobs = {},
                          .numbers = {},
                          .stopped = {},
                          .rules = {},
                          .leases = {}});
    RETURN_IF_ERROR(state->Load(txn));
  }
  std::unique_ptr<Frontier> frontier(new Frontier(std::move(state)));
  ASSIGN_OR_RETURN(Tick tick, frontier->Begin());
  RETURN_IF_ERROR(tick.work_->ReturnLeasesOfTheDead());
  RETURN_IF_ERROR(tick.Commit());
  return frontier;
}

Result<Tick> Frontier::Begin() {
  if (state_->broken)
    return Fail(Code::kInternal, "the frontier must be opened anew after a failed step",
                state_->options.folder);
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  state_->broken = true;  // until the tick is committed
  return Tick(std::make_unique<Tick::Work>(*state_, std::move(txn)));
}

std::optional<Micros> Frontier::NextDue() {
  const Moment now = state_->timeline.Now();
  std::optional<Moment> next;
  for (JobNumber job = 0; job < state_->jobs.size(); ++job) {
    if (!state_->jobs[job].MayRun()) continue;
    const auto ready = state_->bench.NextReady(job, now);
    if (ready && (!next || *ready < *next)) next = ready;
  }
  if (!next) return std::nullopt;
  return std::max(Micros(0), *next - now);
}

std::optional<Micros> Frontier::NextOverdue() const {
  if (state_->leases.empty()) return std::nullopt;
  // All leases are of one length, so the oldest runs out first.
  return std::max(Micros(0), state_->leases.begin()->second.until - state_->timeline.Now());
}

bool Frontier::Idle() {
  if (!state_->leases.empty()) return false;
  for (JobNumber job = 0; job < state_->jobs.size(); ++job)
    if (state_->jobs[job].MayRun() && !state_->bench.Quiet(job, state_->timeline.Now())) return false;
  return true;
}

std::optional<JobProgress> Frontier::Progress(const JobId& id) {
  const auto number = state_->NumberOf(id);
  if (!number) return std::nullopt;
  const Job& job = state_->jobs[*number];
  const Micros ago = state_->timeline.Now() - job.row.run_started;
  return JobProgress{
      .run = job.row.run,
      .started = state_->options.clock->Utc() - ago,
      .pages = job.row.exchanges,
      .bytes = job.row.bytes,
      .leased = job.leased,
      .spent = job.Spent(),
      .idle = job.leased == 0 && (job.Spent() || state_->bench.Quiet(*number, state_->timeline.Now()))};
}

void Frontier::Begun(LeaseId lease) {
  const auto found = state_->leases.find(lease);
  if (found == state_->leases.end() || !found->second.to_begin) return;
  found->second.to_begin = false;
  const HostNumber number = state_->bench.host_of(found->second.place.lane);
  Workbench::Host& host = state_->bench.host(number);
  --host.to_begin;
  host.politeness.touched = state_->timeline.Now();
  state_->Free(number);
}

std::size_t Frontier::leased() const { return state_->leases.size(); }

std::uint64_t Frontier::cursor() const { return state_->cursor; }

}  // namespace nightjar::frontier
