// SPDX-License-Identifier: Apache-2.0
// The body of a Tick. For the files of this folder only.
#pragma once

#include <set>
#include <unordered_map>
#include <unordered_set>

#include "crawler/frontier/frontier_state.h"

namespace nightjar::frontier {

struct Tick::Work {
  Work(Frontier::State& frontier, store::WriteTxn write)
      : state(frontier), txn(std::move(write)), now(frontier.timeline.Now()) {}

  // Jobs, hosts and lanes (tick_scope.cc, tick_discover.cc).
  Result<bool> SetJob(const JobTerms& terms);
  Status SetScope(JobNumber job, const std::vector<std::string>& hosts);
  Result<std::optional<LaneNumber>> LaneOf(JobNumber job, const std::string& url_host);
  Result<LaneNumber> FindOrMakeLane(JobNumber job, const std::string& host_name);
  Result<std::optional<LaneNumber>> FindLane(JobNumber job, const std::string& host_name);
  Result<HostNumber> FindOrMakeHost(const std::string& host_name);
  Result<std::string> HostNameOf(LaneNumber lane);
  Result<const std::string*> HostNameAt(LaneNumber lane);  // the same, kept for the tick
  Result<std::optional<LaneNumber>> MeetOutside(JobNumber job, const Candidate& candidate);
  Status Join(JobNumber job, const std::string& host_name, std::uint32_t depth);

  // Adding (tick_add.cc).
  struct Found {  // a candidate under its name
    JobNumber job = 0;
    LaneNumber lane = 0;
    const Candidate* candidate = nullptr;
    std::string name;
    NameHash hash = 0;
  };
  Result<std::optional<Found>> Find(JobNumber job, const Candidate& candidate);
  Status AddOne(JobNumber job, const Candidate& candidate, Admission& admission);
  Status AddNew(const Found& found, const std::optional<KnownRow>& known, Admission& admission);
  Status MeetAgain(const Found& found, KnownRow known);
  Result<Seq> Keep(const Found& found);
  Status LeaveOut(const Found& found, Exclusion exclusion);
  Result<Exclusion> Judge(const Found& found);
  Result<Exclusion> JudgeShape(const Found& found, std::string_view path_and_query);
  Result<std::optional<UrlPlace>> PlaceOf(JobNumber job, const std::string& url);

  // Leasing (tick_lease.cc).
  struct Head {
    Seq seq = 0;
    std::uint64_t time = 0;  // in the queue, or since when it is known
    bool fresh = false;
    bool patient = false;  // nothing but pages to be looked at again waits
    [[nodiscard]] Moment due() const { return time >= kFaultBand ? Moment() : MomentOf(time); }
  };
  Result<std::optional<Head>> HeadOf(LaneNumber lane);
  Result<std::optional<Head>> QueueHeadOf(LaneNumber lane, std::uint64_t from, std::uint64_t until);
  Result<std::optional<Head>> FreshHeadOf(LaneNumber lane);
  Result<std::optional<Task>> LeaseFrom(LaneNumber lane);
  bool IsSpent(const LaneState& lane, const JobTerms& terms) const;
  std::optional<Moment> YieldUntil(LaneNumber lane);
  Result<Task> LeaseAt(LaneNumber lane, const Head& head);
  void TouchHost(LaneNumber lane);
  Result<std::string> UrlAt(const UrlPlace& place, const UrlRow& row);
  Result<std::string> ViaOf(const UrlRow& row);

  // Ending (tick_end.cc).
  Status End(LeaseId id, const Ending& ending);
  Status FreeHost(const Leased& leased, const Ending& ending);
  Status CountExchange(LaneNumber lane, const Ending& ending);
  // `at`: when the exchange ended.
  Status EndVisit(const Leased& leased, const Ending& ending, Moment at);
  Status EndDone(const Leased& leased, const Ending& ending, VisitRow visit, Moment at);
  Status EndFailed(const Leased& leased, const Ending& ending, VisitRow visit, Moment at);
  Status ReturnLeasesOfTheDead();

  // Packed rows (tick_names.cc).
  struct Packed {
    Bytes bytes;
    bool changed = false;
  };
  using PackedCache = std::unordered_map<std::uint64_t, Packed>;  // by lane and number
  Result<Packed*> PackedAt(PackedCache& cache, store::Table table, LaneNumber lane, std::uint32_t number);
  Status FlushPacked(PackedCache& cache, store::Table table);
  Result<Packed*> BucketAt(LaneNumber lane, std::uint32_t number);
  Result<std::optional<KnownRow>> KnownAt(LaneNumber lane, NameHash hash);
  Status PutKnown(LaneNumber lane, NameHash hash, const KnownRow& row);
  Status SplitNames(LaneNumber lane);
  Result<UrlRow> RowAt(const UrlPlace& place);
  Status PutUrl(const UrlPlace& place, const UrlRow& row);

  // A URL's visits and its entry in the queue (tick_visit.cc).
  Result<VisitRow> VisitAt(const UrlPlace& place);
  Status PutVisit(const UrlPlace& place, const VisitRow& visit);
  Status Enqueue(const UrlPlace& place, VisitRow& visit, std::uint64_t time);
  Status Dequeue(const UrlPlace& place, std::uint64_t time);
  // From `from` to `visit.state`, with an entry at `time` (kNotQueued: none) and the row written.
  Status Move(const UrlPlace& place, UrlState from, VisitRow visit, std::uint64_t time);
  // What the state of a URL is now; takes a fresh one out of its turn.
  Result<UrlState> StandingOf(const UrlPlace& place, VisitRow& visit);
  Status PassOver(const UrlPlace& place);

  // Orders (tick_orders.cc).
  Status RecallSeeds(JobNumber job);
  Result<std::uint64_t> RetryLane(LaneNumber lane);
  Result<std::uint64_t> DropFrom(LaneNumber lane, const std::string& url_prefix);
  Result<bool> DropOne(const UrlPlace& place, const std::string& url_prefix);
  Result<bool> AskAgainAt(const UrlPlace& place);
  Result<std::vector<QueueEntry>> QueueOf(LaneNumber lane);

  // Rebuilding (tick_restore.cc).
  Status Restore(JobNumber job, const PastVisit& past);
  Result<UrlPlace> KeepAnyway(const Found& found);

  // Rows that a tick changes, written once at its end (tick.cc).
  struct Touched {
    LaneState state;
    bool changed = false;
    std::string host;  // empty until somebody asked
  };
  Result<Touched*> Lane(LaneNumber lane);  // stays valid until the end of the tick
  void Count(LaneNumber number, Touched& lane, UrlState state, int by);
  void CountExcluded(LaneNumber number, Touched& lane, Exclusion exclusion, int by);
  Job& JobOf(LaneNumber lane) { return state.jobs[state.bench.job_of(lane)]; }
  void WakeLane(LaneNumber lane, Moment when);
  Status Flush();

  Frontier::State& state;
  store::WriteTxn txn;
  const Moment now;
  std::unordered_map<LaneNumber, Touched> lanes;
  std::unordered_set<JobNumber> changed_jobs;
  std::unordered_set<HostNumber> changed_hosts;
  PackedCache buckets;  // of kKnown
  PackedCache blocks;   // of kUrls
  struct ShapeCount {
    std::uint64_t count = 0;
    bool changed = false;
  };
  std::map<std::pair<LaneNumber, std::uint64_t>, ShapeCount> shapes;
  std::map<std::pair<JobNumber, std::string>, DiscoveredRow> discovered;
  std::unordered_map<std::string, std::optional<LaneNumber>> lane_cache;  // by job key and URL host
  struct LastHost {
    JobNumber job = 0;
    std::string url_host;
    std::optional<LaneNumber> lane;  // nothing: ask lane_cache
  };
  LastHost last_host;  // most links of a page lead to its own host
  struct Via {
    JobNumber job = 0;
    std::string url;
    std::optional<UrlPlace> place;
  };
  Via last_via;  // the links of one page come one after the other
};

}  // namespace nightjar::frontier
