// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "base/codec.h"
#include "crawler/frontier/frontier_state.h"

namespace nightjar::frontier {

using std::chrono::milliseconds;

Result<std::optional<TimeMark>> ReadMark(const store::ReadTxn& txn) {
  ASSIGN_OR_RETURN(const auto row, txn.Get(kMeta, kMarkKey));
  if (!row) return std::nullopt;
  ASSIGN_OR_RETURN(const TimeMark mark, DecodeTimeMark(*row));
  return mark;
}

Result<std::uint64_t> ReadCursor(const store::ReadTxn& txn) {
  ASSIGN_OR_RETURN(const auto row, txn.Get(kMeta, kCursorKey));
  return row ? FromBigEndianKey(*row) : 0;
}

milliseconds Frontier::State::WaitAt(HostNumber host, const Job& job) const {
  const HostRow& past = bench.host(host).politeness;
  auto delay = job.terms.delay;
  if (const auto rule = rules.find(host); rule != rules.end())
    delay = std::max(delay, rule->second.min_delay);
  const double wait_ms = static_cast<double>(delay.count()) * (1 + job.terms.jitter * past.u);
  const milliseconds wait(static_cast<std::int64_t>(std::ceil(wait_ms)));
  return std::max(wait, milliseconds(past.gap_ms));
}

Moment Frontier::State::Allowed(HostNumber host, const Job& job) const {
  return bench.host(host).politeness.touched + WaitAt(host, job);
}

std::uint32_t Frontier::State::PerHost(const Job& job) const {
  return job.terms.per_host > 0 ? std::min(options.per_host, job.terms.per_host) : options.per_host;
}

bool Frontier::State::Stopped(LaneNumber lane) const {
  if (stopped.contains(lane)) return true;
  const auto rule = rules.find(bench.host_of(lane));
  return rule != rules.end() && rule->second.blocked;
}

bool Frontier::State::Busy(HostNumber number, const Job& job) const {
  const Workbench::Host& host = bench.host(number);
  return host.under_way >= PerHost(job) || (host.to_begin > 0 && WaitAt(number, job) > milliseconds(0));
}

void Frontier::State::Free(HostNumber host) {
  bench.Unpark(host, [&](LaneNumber lane) { return Allowed(host, jobs[bench.job_of(lane)]); });
}

Result<JobNumber> Frontier::State::NumberOf(const JobId& job) const {
  const auto found = numbers.find(job.value);
  if (found == numbers.end()) return Fail(Code::kNotFound, "no such job in the frontier", job.value);
  return found->second;
}

void Frontier::State::WakeLanesOf(JobNumber job, Moment now) {
  for (LaneNumber lane = 0; lane < bench.lanes(); ++lane)
    if (bench.job_of(lane) == job) bench.Wake(lane, now);
}

Status Frontier::State::Load(const store::ReadTxn& txn) {
  ASSIGN_OR_RETURN(cursor, ReadCursor(txn));
  ASSIGN_OR_RETURN(const std::uint64_t job_count, txn.Count(kJobs));
  jobs.resize(job_count);
  for (std::uint64_t i = 0; i < job_count; ++i) bench.AddJob();
  RETURN_IF_ERROR(ForEachRow(txn, kJobs, "", [&](ByteView key, ByteView value) -> Status {
    ASSIGN_OR_RETURN(const JobRow row, DecodeJobRow(value));
    if (row.number >= jobs.size()) return Fail(Code::kCorrupt, "a job in the frontier has a number too high");
    jobs[row.number].row = row;
    jobs[row.number].terms.id.value = key;
    jobs[row.number].terms.active = false;  // until SetJobs() says otherwise
    numbers.emplace(key, row.number);
    return {};
  }));
  RETURN_IF_ERROR(ForEachRow(txn, kHosts, "", [&](ByteView, ByteView value) -> Status {
    ASSIGN_OR_RETURN(const HostRow row, DecodeHostRow(value));
    bench.AddHost(row);
    return {};
  }));
  RETURN_IF_ERROR(ForEachRow(txn, kHostRules, "", [&](ByteView key, ByteView value) -> Status {
    ASSIGN_OR_RETURN(const HostRuleRow row, DecodeHostRuleRow(value));
    rules[ReadU32(key)] = {row.blocked, milliseconds(row.min_delay_ms)};
    return {};
  }));
  RETURN_IF_ERROR(ForEachRow(txn, kLanes, "", [&](ByteView, ByteView value) -> Status {
    ASSIGN_OR_RETURN(const LaneRow row, DecodeLaneRow(value));
    if (row.job >= jobs.size() || row.host >= bench.hosts())
      return Fail(Code::kCorrupt, "a lane in the frontier belongs to no job or host");
    const LaneNumber lane = bench.AddLane(row.job, row.host);
    if (!row.in_scope) stopped[lane] |= kOutOfScope;
    return {};
  }));
  return ForEachRow(txn, kHolds, "", [&](ByteView key, ByteView) -> Status {
    stopped[ReadU32(key)] |= kHeld;
    return {};
  });
}

}  // namespace nightjar::frontier
