// SPDX-License-Identifier: Apache-2.0
// Leasing: a URL goes out, and comes back in one of four ways.
#include <algorithm>
#include <cmath>

#include "crawler/frontier/tick_work.h"

namespace nightjar::frontier {
namespace {

constexpr unsigned kMostDoublings = 10;  // retry_delay * 1024: a host that failed ten times can wait

std::chrono::seconds RetryAfter(std::chrono::seconds first, std::uint8_t tries) {
  return first * (1LL << std::min<unsigned>(tries - 1U, kMostDoublings));
}

}  // namespace

Result<std::optional<QueuePlace>> Tick::Work::HeadOf(LaneNumber lane) {
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kQueue));
  ASSIGN_OR_RETURN(const auto entry, cursor.Seek(NumberKey(lane)));
  if (!entry) return std::nullopt;
  ASSIGN_OR_RETURN(const QueuePlace place, ReadQueueKey(entry->key));
  if (place.lane != lane) return std::nullopt;
  return place;
}

// A task of this lane if one may be had now; else the lane is put where it will be looked at again.
Result<std::optional<Task>> Tick::Work::LeaseFrom(LaneNumber lane) {
  Job& job = state.jobs[state.bench.job_of(lane)];
  const HostNumber host = state.bench.host_of(lane);
  if (!job.running) return std::nullopt;
  if (state.bench.host(host).under_way >= state.options.per_host) {
    state.bench.Park(lane);
    return std::nullopt;
  }
  ASSIGN_OR_RETURN(const auto head, HeadOf(lane));
  if (!head) return std::nullopt;
  if (const Moment ready = std::max(head->due, state.Allowed(host, job)); ready > now) {
    state.bench.Schedule(lane, ready);
    return std::nullopt;
  }
  ASSIGN_OR_RETURN(Task task, LeaseAt(*head));
  state.bench.Schedule(lane, now);
  state.UpdateRunning(state.bench.job_of(lane));
  return task;
}

Result<Task> Tick::Work::LeaseAt(const QueuePlace& place) {
  const JobNumber number = state.bench.job_of(place.lane);
  const HostNumber host_number = state.bench.host_of(place.lane);
  Job& job = state.jobs[number];
  Workbench::Host& host = state.bench.host(host_number);

  ASSIGN_OR_RETURN(const auto stored, txn.Get(kUrls, UrlKey(number, place.hash)));
  if (!stored) return Fail(Code::kCorrupt, "a queued URL has no row", state.options.folder);
  ASSIGN_OR_RETURN(UrlRow row, DecodeUrlRow(*stored));
  const Moment until = now + state.options.lease;
  RETURN_IF_ERROR(txn.Delete(kQueue, QueueKey(place.lane, place.due, place.hash)));
  RETURN_IF_ERROR(MoveTo(number, place.hash, row, UrlState::kLeased, until));
  RETURN_IF_ERROR(txn.Put(kLeases, UrlKey(number, place.hash), ""));

  const double u = state.options.random->Unit();
  const double gap_ms = static_cast<double>(job.terms.delay.count()) * (1 + job.terms.jitter * u);
  host.politeness = {now, static_cast<std::uint32_t>(std::ceil(gap_ms)), static_cast<float>(u)};
  ++host.under_way;
  ++job.leased;
  changed_hosts.insert(host_number);

  const LeaseId id{state.next_lease++};
  state.leases.emplace(id, Leased{number, place.hash, until});
  ASSIGN_OR_RETURN(std::string via, ViaOf(number, row));
  ASSIGN_OR_RETURN(const auto lane_bytes, txn.Get(kLanes, NumberKey(place.lane)));
  if (!lane_bytes) return Fail(Code::kCorrupt, "a lane's row is missing", state.options.folder);
  ASSIGN_OR_RETURN(LaneRow lane, DecodeLaneRow(*lane_bytes));
  return Task{id,        job.terms.id,   std::move(row.url), std::move(lane.host_name),
              row.depth, std::move(via), row.tries + 1U};
}

Result<std::string> Tick::Work::ViaOf(JobNumber job, const UrlRow& row) {
  if (row.via == UrlHash{}) return "-";
  ASSIGN_OR_RETURN(const auto stored, txn.Get(kUrls, UrlKey(job, row.via)));
  if (!stored) return "-";
  ASSIGN_OR_RETURN(UrlRow via, DecodeUrlRow(*stored));
  return std::move(via.url);
}

Status Tick::Work::End(LeaseId id, const Leased& leased, const Ending& ending) {
  ASSIGN_OR_RETURN(const auto stored, txn.Get(kUrls, UrlKey(leased.job, leased.hash)));
  if (!stored) return Fail(Code::kCorrupt, "a leased URL has no row", state.options.folder);
  ASSIGN_OR_RETURN(UrlRow row, DecodeUrlRow(*stored));
  RETURN_IF_ERROR(txn.Delete(kLeases, UrlKey(leased.job, leased.hash)));
  state.leases.erase(id);

  Job& job = state.jobs[leased.job];
  const HostNumber host = state.bench.host_of(row.lane);
  state.bench.host(host).politeness.touched = now;
  --state.bench.host(host).under_way;
  --job.leased;
  changed_hosts.insert(host);

  using Kind = Ending::Kind;
  if (ending.kind != Kind::kUntried) {
    ++row.tries;
    ++job.row.exchanges;
    changed_jobs.insert(leased.job);
  }
  row.why = static_cast<std::uint8_t>(ending.cause);
  const bool again = ending.kind == Kind::kPassing && row.tries < state.options.tries;
  if (ending.kind == Kind::kDone)
    RETURN_IF_ERROR(MoveTo(leased.job, leased.hash, row, UrlState::kDone, now));
  else if (ending.kind == Kind::kUntried)
    RETURN_IF_ERROR(Wait(leased.job, leased.hash, row, now));
  else if (again)
    RETURN_IF_ERROR(
        Wait(leased.job, leased.hash, row, now + RetryAfter(state.options.retry_delay, row.tries)));
  else
    RETURN_IF_ERROR(MoveTo(leased.job, leased.hash, row, UrlState::kFailed, now));
  state.UpdateRunning(leased.job);
  state.bench.Unpark(host, now);
  return {};
}

Status Tick::Work::ReturnLeasesOfTheDead() {
  std::vector<Bytes> keys;
  {
    ASSIGN_OR_RETURN(auto cursor, txn.Open(kLeases));
    ASSIGN_OR_RETURN(auto entry, cursor.First());
    while (entry) {
      keys.emplace_back(entry->key);
      ASSIGN_OR_RETURN(entry, cursor.Next());
    }
  }
  for (const Bytes& key : keys) {
    ASSIGN_OR_RETURN(const auto stored, txn.Get(kUrls, key));
    if (!stored) return Fail(Code::kCorrupt, "a leased URL has no row", state.options.folder);
    ASSIGN_OR_RETURN(UrlRow row, DecodeUrlRow(*stored));
    const JobNumber job = state.bench.job_of(row.lane);
    RETURN_IF_ERROR(Wait(job, HashUrl(row.url), row, now));
    RETURN_IF_ERROR(txn.Delete(kLeases, key));
    // The request may have begun at any moment of the life of the dead process: the wait starts from now.
    state.bench.host(state.bench.host_of(row.lane)).politeness.touched = now;
    changed_hosts.insert(state.bench.host_of(row.lane));
  }
  return {};
}

}  // namespace nightjar::frontier
