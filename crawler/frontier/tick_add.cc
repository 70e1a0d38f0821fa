// SPDX-License-Identifier: Apache-2.0
// Adding: jobs, hosts, lanes and URLs come into being, each once.
#include "base/codec.h"
#include "base/site_host.h"
#include "crawler/frontier/tick_work.h"

namespace nightjar::frontier {
namespace {

std::uint32_t NumberOf(ByteView stored) {
  return static_cast<std::uint32_t>(FromBigEndianKey(std::string(4, '\0').append(stored)));
}

}  // namespace

Result<bool> Tick::Work::SetJob(const JobTerms& terms) {
  const auto next = static_cast<JobNumber>(state.jobs.size());
  const auto [place, is_new] = state.numbers.try_emplace(terms.id.value, next);
  const JobNumber number = place->second;
  if (is_new) {
    state.jobs.emplace_back().row.number = number;
    changed_jobs.insert(number);
  }
  Job& job = state.jobs[number];
  job.terms = terms;
  job.hosts = {terms.hosts.begin(), terms.hosts.end()};
  lane_cache.clear();  // the scope may have changed
  state.UpdateRunning(number);
  return is_new;
}

Status Tick::Work::AddOne(JobNumber job, const Candidate& candidate, Admission& admission) {
  ASSIGN_OR_RETURN(const auto lane, LaneOf(job, candidate.url.host()));
  if (!lane) {
    ++admission.outside;
    ++state.jobs[job].row.outside;
    changed_jobs.insert(job);
    return {};
  }
  const Bytes key = UrlKey(job, HashUrl(candidate.url.WithoutFragment()));
  ASSIGN_OR_RETURN(const auto stored, txn.Get(kUrls, key));
  if (!stored) return AddNew(job, candidate, *lane, admission);
  ++admission.known;
  ASSIGN_OR_RETURN(UrlRow row, DecodeUrlRow(*stored));
  return MeetAgain(job, candidate, std::move(row), admission);
}

Status Tick::Work::AddNew(JobNumber job, const Candidate& candidate, LaneNumber lane, Admission& admission) {
  UrlRow row;
  row.lane = lane;
  row.depth = candidate.depth;
  row.url = candidate.url.WithoutFragment();
  const UrlHash hash = HashUrl(row.url);
  if (!candidate.via.empty()) row.via = HashUrl(candidate.via);
  const Exclusion exclusion = Judge(candidate.url, candidate.depth, state.jobs[job].terms.max_depth);
  Count(lane, UrlState::kWaiting, +1);  // where a new row starts from
  if (exclusion == Exclusion::kNone) {
    ++admission.fresh;
    return Wait(job, hash, row, now);
  }
  ++admission.excluded;
  ++state.jobs[job].row.excluded.at(static_cast<std::size_t>(exclusion));
  changed_jobs.insert(job);
  row.why = static_cast<std::uint8_t>(exclusion);
  row.url.resize(std::min(row.url.size(), kMaxUrlLength));
  return MoveTo(job, hash, row, UrlState::kExcluded, now);
}

// A shorter way counts for a URL that still waits or was left out as too far; what was fetched stays as it
// was.
Status Tick::Work::MeetAgain(JobNumber job, const Candidate& candidate, UrlRow row, Admission& admission) {
  JobRow& counts = state.jobs[job].row;
  const bool was_too_far =
      row.state == UrlState::kExcluded && row.why == static_cast<std::uint8_t>(Exclusion::kTooFarFromSeed);
  const bool readmitted = was_too_far && candidate.depth <= state.jobs[job].terms.max_depth;
  const bool nearer = row.state == UrlState::kWaiting && candidate.depth < row.depth;
  if (!readmitted && !nearer) return {};
  const UrlHash hash = HashUrl(row.url);
  row.depth = candidate.depth;
  row.via = candidate.via.empty() ? UrlHash{} : HashUrl(candidate.via);
  if (nearer) return txn.Put(kUrls, UrlKey(job, hash), Encode(row));
  row.why = 0;
  --counts.excluded.at(static_cast<std::size_t>(Exclusion::kTooFarFromSeed));
  changed_jobs.insert(job);
  --admission.known;
  ++admission.fresh;
  return Wait(job, hash, row, now);
}

// The lane of a URL's host, or nothing if the host is outside the job's scope.
Result<std::optional<LaneNumber>> Tick::Work::LaneOf(JobNumber job, const std::string& url_host) {
  const auto [place, is_new] = lane_cache.try_emplace(NumberKey(job) + url_host);
  if (!is_new) return place->second;
  const auto site = SiteHost::Parse(url_host);
  if (!site || !state.jobs[job].hosts.contains(site->name())) return std::nullopt;
  ASSIGN_OR_RETURN(const LaneNumber lane, FindOrMakeLane(job, site->name()));
  place->second = lane;
  return lane;
}

Result<LaneNumber> Tick::Work::FindOrMakeLane(JobNumber job, const std::string& host_name) {
  ASSIGN_OR_RETURN(const HostNumber host, FindOrMakeHost(host_name));
  ASSIGN_OR_RETURN(const auto stored, txn.Get(kLaneNumbers, LaneKey(job, host)));
  if (stored) return NumberOf(*stored);
  const LaneNumber lane = state.bench.AddLane(job, host);
  RETURN_IF_ERROR(txn.Put(kLaneNumbers, LaneKey(job, host), NumberKey(lane)));
  RETURN_IF_ERROR(txn.Put(kLanes, NumberKey(lane), Encode(LaneRow{job, host, host_name, {}})));
  return lane;
}

Result<HostNumber> Tick::Work::FindOrMakeHost(const std::string& host_name) {
  ASSIGN_OR_RETURN(const auto stored, txn.Get(kHostNumbers, host_name));
  if (stored) return NumberOf(*stored);
  const HostNumber host = state.bench.AddHost({});
  RETURN_IF_ERROR(txn.Put(kHostNumbers, host_name, NumberKey(host)));
  changed_hosts.insert(host);
  return host;
}

}  // namespace nightjar::frontier
