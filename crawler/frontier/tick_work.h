// SPDX-License-Identifier: Apache-2.0
// The body of a Tick. For the files of this folder only.
#pragma once

#include <unordered_map>
#include <unordered_set>

#include "crawler/frontier/frontier_state.h"

namespace nightjar::frontier {

struct Tick::Work {
  Work(Frontier::State& frontier, store::WriteTxn write)
      : state(frontier), txn(std::move(write)), now(frontier.timeline.Now()) {}

  // Adding (tick_add.cc).
  Result<bool> SetJob(const JobTerms& terms);
  Status AddOne(JobNumber job, const Candidate& candidate, Admission& admission);
  Result<std::optional<LaneNumber>> LaneOf(JobNumber job, const std::string& url_host);
  Result<LaneNumber> FindOrMakeLane(JobNumber job, const std::string& host_name);
  Result<HostNumber> FindOrMakeHost(const std::string& host_name);
  Status AddNew(JobNumber job, const Candidate& candidate, LaneNumber lane, Admission& admission);
  Status MeetAgain(JobNumber job, const Candidate& candidate, UrlRow row, Admission& admission);

  // Leasing (tick_lease.cc).
  Result<std::optional<QueuePlace>> HeadOf(LaneNumber lane);
  Result<std::optional<Task>> LeaseFrom(LaneNumber lane);
  Result<Task> LeaseAt(const QueuePlace& place);
  Result<std::string> ViaOf(JobNumber job, const UrlRow& row);
  Status End(LeaseId id, const Leased& leased, const Ending& ending);
  Status ReturnLeasesOfTheDead();

  // Both.
  Status MoveTo(JobNumber job, const UrlHash& hash, UrlRow& row, UrlState state, Moment when);
  Status Wait(JobNumber job, const UrlHash& hash, UrlRow& row, Moment due);
  void Count(LaneNumber lane, UrlState state, int by);
  Status Flush();

  Frontier::State& state;
  store::WriteTxn txn;
  const Moment now;
  bool committed = false;
  std::unordered_map<LaneNumber, Counts> changes;  // additions modulo 2^64: a decrease wraps round and back
  std::unordered_set<JobNumber> changed_jobs;
  std::unordered_set<HostNumber> changed_hosts;
  std::unordered_map<std::string, std::optional<LaneNumber>> lane_cache;  // by job key and URL host
};

}  // namespace nightjar::frontier
