// SPDX-License-Identifier: Apache-2.0
// Links to hosts that the job does not name: counted, recorded or followed, as its Discovery says. Who writes
// a page chooses how many there are, so every table they reach is bounded.
#include "base/onion.h"
#include "crawler/frontier/tick_work.h"

namespace nightjar::frontier {
namespace {

constexpr std::uint64_t kMostRecorded = 100'000;  // hosts of one job

}  // namespace

// The lane of the candidate's host if it has just joined the job.
Result<std::optional<LaneNumber>> Tick::Work::MeetOutside(JobNumber number, const Candidate& candidate) {
  Job& job = state.jobs[number];
  const Discovery& terms = job.terms.discovery;
  if (terms.mode == Discovery::Mode::kOff) return std::nullopt;
  const auto onion = OnionAddress::Parse(candidate.url.host());
  if (!onion) return std::nullopt;
  const std::string& host = onion->host();

  const auto [place, is_new] = discovered.try_emplace({number, host});
  DiscoveredRow& row = place->second;
  if (is_new) {
    ASSIGN_OR_RETURN(const auto stored, txn.Get(kDiscovered, Key().U32(number).Tail(host)));
    if (!stored && job.row.recorded >= kMostRecorded) {
      discovered.erase(place);
      return std::nullopt;
    }
    if (stored) {
      ASSIGN_OR_RETURN(row, DecodeDiscoveredRow(*stored));
    } else {
      row = {.joined = false, .first_seen = now, .count = 0, .via = candidate.via};
      ++job.row.recorded;
      changed_jobs.insert(number);
    }
  }
  ++row.count;
  const bool may_join =
      terms.mode == Discovery::Mode::kCrawl && !row.joined && job.row.joined < terms.max_hosts;
  if (!may_join) return std::nullopt;
  row.joined = true;
  ++job.row.joined;
  changed_jobs.insert(number);
  RETURN_IF_ERROR(Join(number, host, candidate.depth));
  return LaneOf(number, candidate.url.host());
}

Status Tick::Work::Join(JobNumber job, const std::string& host_name, std::uint32_t depth) {
  ASSIGN_OR_RETURN(const LaneNumber lane, FindOrMakeLane(job, host_name));
  ASSIGN_OR_RETURN(Touched * touched, Lane(lane));
  touched->state.joined_at = depth + 1;
  touched->changed = true;
  if (const auto stopped = state.stopped.find(lane); stopped != state.stopped.end()) {
    stopped->second &= static_cast<std::uint8_t>(~kOutOfScope);  // a host that the job once named
    if (stopped->second == 0) state.stopped.erase(stopped);
  }
  lane_cache.clear();
  last_host = {};
  return txn.Put(kLanes, NumberKey(lane), Encode(LaneRow{job, state.bench.host_of(lane), true}));
}

}  // namespace nightjar::frontier
