// SPDX-License-Identifier: Apache-2.0
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
  for (const auto& [name, number] : work_->state.numbers) {
    if (named.contains(name)) continue;
    work_->state.jobs[number].terms.active = false;
    work_->state.UpdateRunning(number);
  }
  return fresh;
}

Result<Admission> Tick::Add(const JobId& job, std::span<const Candidate> candidates) {
  const auto found = work_->state.numbers.find(job.value);
  if (found == work_->state.numbers.end())
    return Fail(Code::kNotFound, "no such job in the frontier", job.value);
  Admission admission;
  for (const Candidate& candidate : candidates)
    RETURN_IF_ERROR(work_->AddOne(found->second, candidate, admission));
  return admission;
}

Result<std::vector<Task>> Tick::Lease(std::size_t most) {
  std::vector<Task> tasks;
  while (tasks.size() < most) {
    const auto lane = work_->state.bench.TakeReady(work_->now);
    if (!lane) break;
    ASSIGN_OR_RETURN(auto task, work_->LeaseFrom(*lane));
    if (task) tasks.push_back(std::move(*task));
  }
  return tasks;
}

Result<bool> Tick::Complete(LeaseId lease, const Ending& ending) {
  const auto found = work_->state.leases.find(lease);
  if (found == work_->state.leases.end()) return false;
  const Leased leased = found->second;
  RETURN_IF_ERROR(work_->End(lease, leased, ending));
  return true;
}

Result<std::size_t> Tick::TakeBackOverdue() {
  std::size_t taken = 0;
  auto& leases = work_->state.leases;
  while (!leases.empty() && leases.begin()->second.until <= work_->now) {
    const auto [id, leased] = *leases.begin();
    RETURN_IF_ERROR(work_->End(id, leased, {Ending::Kind::kPassing, Cause::kLost}));
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

void Tick::Work::Count(LaneNumber lane, UrlState url_state, int by) {
  changes[lane].Of(url_state) += static_cast<std::uint64_t>(static_cast<std::int64_t>(by));
}

Status Tick::Work::MoveTo(JobNumber job, const UrlHash& hash, UrlRow& row, UrlState to, Moment when) {
  Count(row.lane, row.state, -1);
  Count(row.lane, to, +1);
  row.state = to;
  row.when = when;
  return txn.Put(kUrls, UrlKey(job, hash), Encode(row));
}

Status Tick::Work::Wait(JobNumber job, const UrlHash& hash, UrlRow& row, Moment due) {
  RETURN_IF_ERROR(MoveTo(job, hash, row, UrlState::kWaiting, due));
  RETURN_IF_ERROR(txn.Put(kQueue, QueueKey(row.lane, due, hash), ""));
  if (state.jobs[job].running) state.bench.Schedule(row.lane, due);
  return {};
}

Status Tick::Work::Flush() {
  for (const auto& [lane, change] : changes) {
    ASSIGN_OR_RETURN(const auto stored, txn.Get(kLanes, NumberKey(lane)));
    if (!stored) return Fail(Code::kCorrupt, "a lane's row is missing", state.options.folder);
    ASSIGN_OR_RETURN(LaneRow row, DecodeLaneRow(*stored));
    row.counts += change;
    RETURN_IF_ERROR(txn.Put(kLanes, NumberKey(lane), Encode(row)));
  }
  for (const JobNumber job : changed_jobs)
    RETURN_IF_ERROR(txn.Put(kJobs, state.jobs[job].terms.id.value, Encode(state.jobs[job].row)));
  for (const HostNumber host : changed_hosts)
    RETURN_IF_ERROR(txn.Put(kHosts, NumberKey(host), Encode(state.bench.host(host).politeness)));
  return txn.Put(kMeta, kMarkKey, Encode(state.timeline.MarkNow()));
}

}  // namespace nightjar::frontier
