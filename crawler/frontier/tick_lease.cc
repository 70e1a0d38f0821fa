// SPDX-License-Identifier: Apache-2.0
// Leasing: a lane whose turn it is gives the head of its queue, or is put where it will be looked at again.
#include <algorithm>
#include <cmath>

#include "crawler/frontier/tick_work.h"

namespace nightjar::frontier {

// The first entry of the lane's queue with from <= time < until.
Result<std::optional<Tick::Work::Head>> Tick::Work::QueueHeadOf(LaneNumber lane, std::uint64_t from,
                                                                std::uint64_t until) {
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kQueue));
  ASSIGN_OR_RETURN(const auto entry, cursor.Seek(QueueKey(lane, from, 0)));
  if (!entry) return std::nullopt;
  ASSIGN_OR_RETURN(const QueueEntry queued, ReadQueueKey(entry->key));
  if (queued.place.lane != lane || queued.time >= until) return std::nullopt;
  return Head{.seq = queued.place.seq, .time = queued.time};
}

Result<std::optional<Tick::Work::Head>> Tick::Work::FreshHeadOf(LaneNumber number) {
  ASSIGN_OR_RETURN(Touched * lane, Lane(number));
  for (LaneState& at = lane->state; at.fresh < at.end; ++at.fresh) {
    ASSIGN_OR_RETURN(const UrlRow row, RowAt({number, at.fresh}));
    if (!row.passed_over) return Head{.seq = at.fresh, .time = QueueTime(row.found), .fresh = true};
    lane->changed = true;
  }
  return std::nullopt;
}

Result<std::optional<Tick::Work::Head>> Tick::Work::HeadOf(LaneNumber number) {
  ASSIGN_OR_RETURN(const Touched* lane, Lane(number));
  if (lane->state.faults > 0) {
    ASSIGN_OR_RETURN(auto fault, QueueHeadOf(number, kFaultBand, kFaultBand + JobOf(number).row.run));
    if (fault) return fault;
  }
  std::optional<Head> queued;
  if (lane->state.queued > lane->state.faults) {
    ASSIGN_OR_RETURN(queued, QueueHeadOf(number, 0, kFaultBand));
  }
  if (queued) queued->patient = lane->state.counts.waiting == 0;
  ASSIGN_OR_RETURN(const auto fresh, FreshHeadOf(number));
  return fresh && (!queued || fresh->time < queued->time) ? fresh : queued;
}

// Another lane of the host that has waited longer and needs only the host's rest to be served: this one would
// disturb that rest for ever. So the host rests as long as the most patient of its jobs asks for.
std::optional<Moment> Tick::Work::YieldUntil(LaneNumber lane) {
  Workbench& bench = state.bench;
  const HostNumber host = bench.host_of(lane);
  const auto rank = [&](LaneNumber number) {
    return std::pair(state.Rank(bench.job_of(number), bench.turn(number)), number);
  };
  for (LaneNumber other = bench.FirstAt(host); other != Workbench::kNoLane; other = bench.NextAt(other)) {
    if (other == lane || bench.turn(other) == Workbench::kNever) continue;
    const Job& job = JobOf(other);
    if (bench.turn(other) > now || !job.MayRun() || state.Stopped(other) || rank(lane) < rank(other))
      continue;
    if (const Moment allowed = state.Allowed(host, job); allowed > now) return allowed;
  }
  return std::nullopt;
}

// Whether the run's budget for this host is used up.
bool Tick::Work::IsSpent(const LaneState& lane, const JobTerms& terms) const {
  const std::uint64_t pages =
      lane.joined_at > 0 ? terms.discovery.max_pages_per_host : terms.max_pages_per_host;
  const bool is_late = terms.max_time_per_host.count() > 0 && lane.run.begun &&
                       now - *lane.run.begun >= terms.max_time_per_host;
  return (pages > 0 && lane.run.pages + lane.counts.leased >= pages) ||
         (terms.max_bytes_per_host > 0 && lane.run.bytes >= terms.max_bytes_per_host) || is_late;
}

Result<std::optional<Task>> Tick::Work::LeaseFrom(LaneNumber number) {
  Workbench& bench = state.bench;
  const Job& job = JobOf(number);
  const HostNumber host = bench.host_of(number);
  ASSIGN_OR_RETURN(const Touched* lane, Lane(number));
  const bool is_closed = lane->state.joined_at > 0 && job.terms.discovery.mode != Discovery::Mode::kCrawl;
  if (state.Stopped(number) || is_closed || IsSpent(lane->state, job.terms)) {
    bench.Rest(number);
    return std::nullopt;
  }
  ASSIGN_OR_RETURN(const auto head, HeadOf(number));
  if (!head) {
    bench.Rest(number);
    return std::nullopt;
  }
  const bool is_busy = state.Busy(host, job);
  const Moment ready = std::max(head->due(), is_busy ? now : state.Allowed(host, job));
  bench.SetTurn(number, std::max(head->due(), std::min(bench.turn(number), ready)));
  if (is_busy && ready <= now) {
    bench.Park(number);
    return std::nullopt;
  }
  if (ready > now) {
    bench.Sleep(number, ready, head->patient && head->due() > now);
    return std::nullopt;
  }
  if (const auto until = YieldUntil(number)) {
    bench.Sleep(number, *until);
    return std::nullopt;
  }
  ASSIGN_OR_RETURN(Task task, LeaseAt(number, *head));
  return task;
}

void Tick::Work::TouchHost(LaneNumber lane) {
  const Job& job = JobOf(lane);
  const HostNumber number = state.bench.host_of(lane);
  Workbench::Host& host = state.bench.host(number);
  auto delay = job.terms.delay;
  if (const auto rule = state.rules.find(number); rule != state.rules.end())
    delay = std::max(delay, rule->second.min_delay);
  const double u = state.options.random->Unit();
  const double gap_ms = static_cast<double>(delay.count()) * (1 + job.terms.jitter * u);
  host.politeness = {now, static_cast<std::uint32_t>(std::min(std::ceil(gap_ms), 4e9)),
                     static_cast<float>(u)};
  ++host.under_way;
  ++host.to_begin;
  changed_hosts.insert(number);
}

Result<Task> Tick::Work::LeaseAt(LaneNumber number, const Head& head) {
  const UrlPlace place{number, head.seq};
  ASSIGN_OR_RETURN(Touched * lane, Lane(number));
  ASSIGN_OR_RETURN(UrlRow row, RowAt(place));
  VisitRow visit{.state = UrlState::kWaiting};
  if (head.fresh) {
    ++lane->state.fresh;
  } else {
    ASSIGN_OR_RETURN(visit, VisitAt(place));
    RETURN_IF_ERROR(Dequeue(place, head.time));
  }
  // What was done, or given up in a former run, begins its tries anew.
  const std::uint8_t tries = visit.state == UrlState::kWaiting ? visit.tries : 0;
  Count(number, *lane, visit.state, -1);
  Count(number, *lane, UrlState::kLeased, +1);
  if (!lane->state.run.begun) lane->state.run.begun = now;
  RETURN_IF_ERROR(txn.Put(kLeases, PlaceKey(place), ""));
  const HostRow& politeness = state.bench.host(state.bench.host_of(number)).politeness;
  const HostRow before = politeness;
  TouchHost(number);
  Job& job = JobOf(number);
  ++job.leased;

  const LeaseId id{state.next_lease++};
  state.leases.emplace(id, Leased{.place = place,
                                  .until = now + state.options.lease,
                                  .due = head.time,
                                  .tries = tries,
                                  .was_fresh = head.fresh,
                                  .host_before = before,
                                  .host_since = politeness});
  state.bench.SetTurn(number, Workbench::kNever);
  const HostNumber host = state.bench.host_of(number);
  if (state.Busy(host, job))
    state.bench.Park(number);
  else
    state.bench.Sleep(number, std::max(now, state.Allowed(host, job)));
  ASSIGN_OR_RETURN(std::string via, ViaOf(row));
  ASSIGN_OR_RETURN(const std::string* host_name, HostNameAt(number));
  return Task{.lease = id,
              .job = job.terms.id,
              .url = WholeUrl(row.url, *host_name),
              .host = *host_name,
              .depth = row.depth,
              .via = std::move(via),
              .attempt = tries + 1U,
              .has_company = state.PerHost(job) > 1};
}

Result<std::string> Tick::Work::UrlAt(const UrlPlace& place, const UrlRow& row) {
  ASSIGN_OR_RETURN(const std::string* host, HostNameAt(place.lane));
  return WholeUrl(row.url, *host);
}

Result<std::string> Tick::Work::ViaOf(const UrlRow& row) {
  if (!row.has_via) return "-";
  ASSIGN_OR_RETURN(const UrlRow via, RowAt(row.via));
  return UrlAt(row.via, via);
}

}  // namespace nightjar::frontier
