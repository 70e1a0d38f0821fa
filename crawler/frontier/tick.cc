// SPDX-License-Identifier: Apache-2.0
#include <queue>

#include "base/codec.h"
#include "crawler/frontier/tick_work.h"

namespace nightjar::frontier {

Tick::Tick(std::unique_ptr<Work> work) : work_(std::move(work)) {}
Tick::Tick(Tick&&) noexcept = default;
Tick::~Tick() = default;

Result<std::vector<JobId>> Tick::SetJobs(std::span<const JobTerms> jobs) {
  std::unordered_set<std::string> named;
  std::vector<JobId> fresh;
  for (const JobTerms& terms : jobs) {
    named.insert(terms.id.value);
    ASSIGN_OR_RETURN(const bool is_new, work_->SetJob(terms));
    if (is_new) fresh.push_back(terms.id);
  }
  for (const auto& [name, number] : work_->state.numbers)
    if (!named.contains(name)) work_->state.jobs[number].terms.active = false;
  return fresh;
}

Result<Admission> Tick::Add(const JobId& job, std::span<const Candidate> candidates) {
  ASSIGN_OR_RETURN(const JobNumber number, work_->state.NumberOf(job));
  Admission admission;
  for (const Candidate& candidate : candidates) RETURN_IF_ERROR(work_->AddOne(number, candidate, admission));
  return admission;
}

Result<std::vector<Task>> Tick::Lease(std::size_t most) {
  Frontier::State& state = work_->state;
  using Turn = std::pair<Moment, JobNumber>;  // of a job's foremost lane
  std::priority_queue<Turn, std::vector<Turn>, std::greater<>> turns;
  const auto enter = [&](JobNumber job) {
    if (!state.jobs[job].MayRun()) return;
    state.bench.Rouse(job, work_->now);
    if (const auto turn = state.bench.NextTurn(job)) turns.emplace(state.Rank(job, *turn), job);
  };
  for (JobNumber job = 0; job < state.jobs.size(); ++job) enter(job);
  std::vector<Task> tasks;
  while (tasks.size() < most && !turns.empty()) {
    const JobNumber job = turns.top().second;
    turns.pop();
    if (const auto lane = state.bench.Take(job)) {
      ASSIGN_OR_RETURN(auto task, work_->LeaseFrom(*lane));
      if (task) tasks.push_back(std::move(*task));
    }
    enter(job);
  }
  return tasks;
}

Result<bool> Tick::Complete(LeaseId lease, const Ending& ending) {
  if (!work_->state.leases.contains(lease)) return false;
  RETURN_IF_ERROR(work_->End(lease, ending));
  return true;
}

Result<std::size_t> Tick::TakeBackOverdue() {
  std::size_t taken = 0;
  auto& leases = work_->state.leases;
  while (!leases.empty() && leases.begin()->second.until <= work_->now) {
    RETURN_IF_ERROR(
        work_->End(leases.begin()->first, {.kind = Ending::Kind::kPassing, .cause = Cause::kLost}));
    ++taken;
  }
  return taken;
}

Status Tick::SetCursor(std::uint64_t cursor) {
  work_->state.cursor = cursor;
  return work_->txn.Put(kMeta, kCursorKey, BigEndianKey(cursor));
}

Status Tick::Commit() {
  RETURN_IF_ERROR(work_->Flush());
  RETURN_IF_ERROR(work_->txn.Commit());
  work_->state.broken = false;
  return {};
}

Result<Tick::Work::Touched*> Tick::Work::Lane(LaneNumber number) {
  const auto [place, is_new] = lanes.try_emplace(number);
  Touched& lane = place->second;
  if (!is_new) return &lane;
  ASSIGN_OR_RETURN(const auto stored, txn.Get(kLaneStates, NumberKey(number)));
  if (!stored) return Fail(Code::kCorrupt, "a lane's state is missing", state.options.folder);
  ASSIGN_OR_RETURN(lane.state, DecodeLaneState(*stored));
  const std::uint32_t run = JobOf(number).row.run;
  if (lane.state.run.run != run) lane.state.run = {.run = run};
  return &lane;
}

void Tick::Work::Count(LaneNumber number, Touched& lane, UrlState url_state, int by) {
  const auto change = static_cast<std::uint64_t>(static_cast<std::int64_t>(by));  // wraps round and back
  lane.state.counts.Of(url_state) += change;
  lane.changed = true;
  JobOf(number).row.counts.Of(url_state) += change;
  changed_jobs.insert(state.bench.job_of(number));
}

void Tick::Work::CountExcluded(LaneNumber number, Touched& lane, Exclusion exclusion, int by) {
  const auto change = static_cast<std::uint64_t>(static_cast<std::int64_t>(by));
  const auto reason = static_cast<std::size_t>(exclusion);
  lane.state.excluded.at(reason) += change;
  JobOf(number).row.excluded.at(reason) += change;
  Count(number, lane, UrlState::kExcluded, by);
}

void Tick::Work::WakeLane(LaneNumber lane, Moment when) {
  if (!state.Stopped(lane)) state.bench.Wake(lane, when);
}

Status Tick::Work::Flush() {
  RETURN_IF_ERROR(FlushPacked(blocks, kUrls));
  RETURN_IF_ERROR(FlushPacked(buckets, kKnown));
  for (const auto& [number, lane] : lanes)
    if (lane.changed) RETURN_IF_ERROR(txn.Put(kLaneStates, NumberKey(number), Encode(lane.state)));
  for (const auto& [place, shape] : shapes)
    if (shape.changed)
      RETURN_IF_ERROR(
          txn.Put(kLaneStates, Key().U32(place.first).U64(place.second), Encoder().U64(shape.count).Take()));
  for (const auto& [place, row] : discovered)
    RETURN_IF_ERROR(txn.Put(kDiscovered, Key().U32(place.first).Tail(place.second), Encode(row)));
  for (const JobNumber job : changed_jobs)
    RETURN_IF_ERROR(txn.Put(kJobs, state.jobs[job].terms.id.value, Encode(state.jobs[job].row)));
  for (const HostNumber host : changed_hosts)
    RETURN_IF_ERROR(txn.Put(kHosts, NumberKey(host), Encode(state.bench.host(host).politeness)));
  return txn.Put(kMeta, kMarkKey, Encode(state.timeline.MarkNow()));
}

}  // namespace nightjar::frontier
