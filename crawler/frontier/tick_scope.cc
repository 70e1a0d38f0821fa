// SPDX-License-Identifier: Apache-2.0
// Jobs, hosts and lanes come into being, each once.
#include <algorithm>

#include "base/site_host.h"
#include "crawler/frontier/tick_work.h"

namespace nightjar::frontier {
namespace {

Digest DigestOf(const std::vector<std::string>& hosts) {
  std::string all;
  for (const auto& host : hosts) all.append(host).append("\n");
  return Sha256(all);
}

}  // namespace

Result<bool> Tick::Work::SetJob(const JobTerms& terms) {
  const auto next = static_cast<JobNumber>(state.jobs.size());
  ASSIGN_OR_RETURN(auto matcher, scope::UrlMatcher::Compile(terms.rules));
  const auto [place, is_new] = state.numbers.try_emplace(terms.id.value, next);
  const JobNumber number = place->second;
  if (is_new) {
    state.jobs.emplace_back().row.number = number;
    state.jobs[number].row.run_started = now;
    state.bench.AddJob();
    changed_jobs.insert(number);
  }
  JobTerms kept = terms;
  kept.hosts = {};
  kept.priority = std::min(terms.priority, 9U);
  Job& job = state.jobs[number];
  const bool is_changed = !job.was_set || job.terms != kept;
  job.terms = std::move(kept);
  job.matcher = std::move(matcher);
  job.was_set = true;
  if (DigestOf(terms.hosts) != job.row.hosts)
    RETURN_IF_ERROR(SetScope(number, terms.hosts));
  else if (is_changed)
    state.WakeLanesOf(number, now);
  lane_cache.clear();
  last_host = {};
  return is_new;
}

// Lanes of hosts that the job does not name any more rest; what was discovered is ruled by Discovery.
Status Tick::Work::SetScope(JobNumber number, const std::vector<std::string>& hosts) {
  Job& job = state.jobs[number];
  std::vector<Bytes> former;
  RETURN_IF_ERROR(ForEachRow(txn, kScope, NumberKey(number), [&](ByteView key, ByteView) -> Status {
    former.emplace_back(key);
    return {};
  }));
  for (const Bytes& key : former) RETURN_IF_ERROR(txn.Delete(kScope, key));
  for (const auto& host : hosts) {
    ASSIGN_OR_RETURN(const SiteHost site, SiteHost::Parse(host));
    RETURN_IF_ERROR(txn.Put(kScope, Key().U32(number).Tail(site.name()), ""));
  }
  job.row.hosts = DigestOf(hosts);
  changed_jobs.insert(number);
  for (LaneNumber lane = 0; lane < state.bench.lanes(); ++lane) {
    if (state.bench.job_of(lane) != number) continue;
    ASSIGN_OR_RETURN(const std::string name, HostNameOf(lane));
    ASSIGN_OR_RETURN(const auto named, txn.Get(kScope, Key().U32(number).Tail(name)));
    ASSIGN_OR_RETURN(Touched * touched, Lane(lane));
    if (named && touched->state.joined_at > 0) {
      touched->state.joined_at = 0;
      touched->changed = true;
    }
    const bool in_scope = named || touched->state.joined_at > 0;
    if (in_scope)
      state.stopped[lane] &= static_cast<std::uint8_t>(~kOutOfScope);
    else
      state.stopped[lane] |= kOutOfScope;
    if (state.stopped[lane] == 0) state.stopped.erase(lane);
    const LaneRow row{number, state.bench.host_of(lane), in_scope};
    RETURN_IF_ERROR(txn.Put(kLanes, NumberKey(lane), Encode(row)));
  }
  state.WakeLanesOf(number, now);
  return {};
}

// The lane of a URL's host, or nothing if the host is outside the job's scope.
Result<std::optional<LaneNumber>> Tick::Work::LaneOf(JobNumber job, const std::string& url_host) {
  const Key job_key = NumberKey(job);
  const auto [place, is_new] = lane_cache.try_emplace(std::string(job_key.View()).append(url_host));
  if (!is_new) return place->second;
  const auto site = SiteHost::Parse(url_host);
  if (!site) return std::nullopt;
  ASSIGN_OR_RETURN(const auto named, txn.Get(kScope, Key().U32(job).Tail(site->name())));
  if (named) {
    ASSIGN_OR_RETURN(place->second, FindOrMakeLane(job, site->name()));
  } else if (state.jobs[job].terms.discovery.mode == Discovery::Mode::kCrawl) {
    ASSIGN_OR_RETURN(const auto lane, FindLane(job, site->name()));
    if (!lane) return std::nullopt;
    ASSIGN_OR_RETURN(const Touched* touched, Lane(*lane));
    if (touched->state.joined_at > 0) place->second = lane;
  }
  return place->second;
}

Result<std::optional<LaneNumber>> Tick::Work::FindLane(JobNumber job, const std::string& host_name) {
  ASSIGN_OR_RETURN(const auto host, txn.Get(kHostNumbers, host_name));
  if (!host) return std::nullopt;
  ASSIGN_OR_RETURN(const auto lane, txn.Get(kLaneNumbers, Key().U32(job).U32(ReadU32(*host))));
  if (!lane) return std::nullopt;
  return ReadU32(*lane);
}

Result<LaneNumber> Tick::Work::FindOrMakeLane(JobNumber job, const std::string& host_name) {
  ASSIGN_OR_RETURN(const HostNumber host, FindOrMakeHost(host_name));
  const Key key = Key().U32(job).U32(host);
  ASSIGN_OR_RETURN(const auto stored, txn.Get(kLaneNumbers, key));
  if (stored) return ReadU32(*stored);
  const LaneNumber lane = state.bench.AddLane(job, host);
  RETURN_IF_ERROR(txn.Put(kLaneNumbers, key, NumberKey(lane)));
  RETURN_IF_ERROR(txn.Put(kLanes, NumberKey(lane), Encode(LaneRow{job, host, true})));
  lanes[lane] = {.state = {.run = {.run = state.jobs[job].row.run}}, .changed = true, .host = host_name};
  return lane;
}

Result<HostNumber> Tick::Work::FindOrMakeHost(const std::string& host_name) {
  ASSIGN_OR_RETURN(const auto stored, txn.Get(kHostNumbers, host_name));
  if (stored) return ReadU32(*stored);
  const HostNumber host = state.bench.AddHost({});
  RETURN_IF_ERROR(txn.Put(kHostNumbers, host_name, NumberKey(host)));
  RETURN_IF_ERROR(txn.Put(kHostNames, NumberKey(host), host_name));
  changed_hosts.insert(host);
  return host;
}

Result<const std::string*> Tick::Work::HostNameAt(LaneNumber number) {
  ASSIGN_OR_RETURN(Touched * lane, Lane(number));
  if (lane->host.empty()) {
    ASSIGN_OR_RETURN(lane->host, HostNameOf(number));
  }
  return &lane->host;
}

Result<std::string> Tick::Work::HostNameOf(LaneNumber lane) {
  ASSIGN_OR_RETURN(const auto name, txn.Get(kHostNames, NumberKey(state.bench.host_of(lane))));
  if (!name) return Fail(Code::kCorrupt, "a host's name is missing", state.options.folder);
  return std::string(*name);
}

}  // namespace nightjar::frontier
