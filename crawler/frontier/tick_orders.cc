// SPDX-License-Identifier: Apache-2.0
// What people and other parts of the crawl order: runs, rules for hosts, retries, drops, holds.
#include "base/site_host.h"
#include "crawler/frontier/tick_work.h"

namespace nightjar::frontier {

Status Tick::StartRun(const JobId& id) {
  ASSIGN_OR_RETURN(const JobNumber number, work_->state.NumberOf(id));
  Job& job = work_->state.jobs[number];
  ++job.row.run;
  job.row.run_started = work_->now;
  job.row.exchanges = 0;
  job.row.bytes = 0;
  work_->changed_jobs.insert(number);
  for (auto& [lane, touched] : work_->lanes) {
    if (work_->state.bench.job_of(lane) != number) continue;
    touched.state.run = {.run = job.row.run};
    touched.changed = true;
  }
  RETURN_IF_ERROR(work_->RecallSeeds(number));
  work_->state.WakeLanesOf(number, work_->now);
  return {};
}

Result<bool> Tick::AskAgain(const JobId& id, const Url& url) {
  ASSIGN_OR_RETURN(const JobNumber job, work_->state.NumberOf(id));
  ASSIGN_OR_RETURN(const auto place, work_->PlaceOf(job, url.WithoutFragment()));
  if (!place) return false;
  return work_->AskAgainAt(*place);
}

Status Tick::SetHostRule(const std::string& host, const HostRule& rule) {
  ASSIGN_OR_RETURN(const SiteHost site, SiteHost::Parse(host));
  ASSIGN_OR_RETURN(const HostNumber number, work_->FindOrMakeHost(site.name()));
  if (rule == HostRule{}) {
    work_->state.rules.erase(number);
    RETURN_IF_ERROR(work_->txn.Delete(kHostRules, NumberKey(number)));
  } else {
    work_->state.rules[number] = rule;
    const HostRuleRow row{rule.blocked, static_cast<std::uint64_t>(rule.min_delay.count())};
    RETURN_IF_ERROR(work_->txn.Put(kHostRules, NumberKey(number), Encode(row)));
  }
  Workbench& bench = work_->state.bench;
  for (LaneNumber lane = bench.FirstAt(number); lane != Workbench::kNoLane; lane = bench.NextAt(lane))
    work_->WakeLane(lane, work_->now);
  return {};
}

Result<std::uint64_t> Tick::RetryHost(const std::string& host) {
  ASSIGN_OR_RETURN(const SiteHost site, SiteHost::Parse(host));
  ASSIGN_OR_RETURN(const auto stored, work_->txn.Get(kHostNumbers, site.name()));
  if (!stored) return 0;
  const Workbench& bench = work_->state.bench;
  std::uint64_t retried = 0;
  for (LaneNumber lane = bench.FirstAt(ReadU32(*stored)); lane != Workbench::kNoLane;
       lane = bench.NextAt(lane)) {
    ASSIGN_OR_RETURN(const std::uint64_t of_lane, work_->RetryLane(lane));
    retried += of_lane;
  }
  return retried;
}

Result<std::uint64_t> Tick::Drop(const JobId& id, const DropFilter& filter) {
  ASSIGN_OR_RETURN(const JobNumber job, work_->state.NumberOf(id));
  std::uint64_t dropped = 0;
  if (filter.host) {
    ASSIGN_OR_RETURN(const SiteHost site, SiteHost::Parse(*filter.host));
    ASSIGN_OR_RETURN(const auto lane, work_->FindLane(job, site.name()));
    if (!lane) return 0;
    return work_->DropFrom(*lane, filter.url_prefix);
  }
  for (LaneNumber lane = 0; lane < work_->state.bench.lanes(); ++lane) {
    if (work_->state.bench.job_of(lane) != job) continue;
    ASSIGN_OR_RETURN(const std::uint64_t of_lane, work_->DropFrom(lane, filter.url_prefix));
    dropped += of_lane;
  }
  return dropped;
}

Status Tick::HoldLane(const JobId& id, const std::string& host, const std::string& reason) {
  ASSIGN_OR_RETURN(const JobNumber job, work_->state.NumberOf(id));
  ASSIGN_OR_RETURN(const SiteHost site, SiteHost::Parse(host));
  ASSIGN_OR_RETURN(const LaneNumber lane, work_->FindOrMakeLane(job, site.name()));
  work_->state.stopped[lane] |= kHeld;
  return work_->txn.Put(kHolds, NumberKey(lane), Encode(HoldRow{work_->now, reason}));
}

Result<bool> Tick::ReleaseLane(const JobId& id, const std::string& host) {
  ASSIGN_OR_RETURN(const JobNumber job, work_->state.NumberOf(id));
  ASSIGN_OR_RETURN(const SiteHost site, SiteHost::Parse(host));
  ASSIGN_OR_RETURN(const auto lane, work_->FindLane(job, site.name()));
  if (!lane) return false;
  ASSIGN_OR_RETURN(const bool was_held, work_->txn.Delete(kHolds, NumberKey(*lane)));
  if (!was_held) return false;
  auto& stopped = work_->state.stopped;
  stopped[*lane] &= static_cast<std::uint8_t>(~kHeld);
  if (stopped[*lane] == 0) stopped.erase(*lane);
  work_->WakeLane(*lane, work_->now);
  return true;
}

Status Tick::Work::RecallSeeds(JobNumber job) {
  std::vector<UrlPlace> seeds;
  RETURN_IF_ERROR(ForEachRow(txn, kSeeds, NumberKey(job), [&](ByteView key, ByteView) -> Status {
    ASSIGN_OR_RETURN(const UrlPlace place, ReadPlaceKey(key.substr(4)));
    seeds.push_back(place);
    return {};
  }));
  for (const UrlPlace& place : seeds) {
    VisitRow visit;
    ASSIGN_OR_RETURN(const UrlState from, StandingOf(place, visit));
    if (from != UrlState::kDone && from != UrlState::kFailed) continue;
    visit.state = UrlState::kWaiting;
    visit.tries = 0;
    RETURN_IF_ERROR(Move(place, from, visit, QueueTime(now)));
  }
  return {};
}

Result<bool> Tick::Work::AskAgainAt(const UrlPlace& place) {
  VisitRow visit;
  ASSIGN_OR_RETURN(const UrlState from, StandingOf(place, visit));
  if (from == UrlState::kWaiting || from == UrlState::kLeased) return false;
  if (from == UrlState::kExcluded) {
    ASSIGN_OR_RETURN(Touched * lane, Lane(place.lane));
    CountExcluded(place.lane, *lane, static_cast<Exclusion>(visit.why), -1);
    Count(place.lane, *lane, UrlState::kExcluded, +1);  // Move() takes it away
  }
  visit.state = UrlState::kWaiting;
  visit.why = 0;
  visit.tries = 0;
  RETURN_IF_ERROR(Move(place, from, visit, QueueTime(Moment())));  // before all that is due
  return true;
}

Result<std::vector<QueueEntry>> Tick::Work::QueueOf(LaneNumber lane) {
  std::vector<QueueEntry> entries;
  RETURN_IF_ERROR(ForEachRow(txn, kQueue, NumberKey(lane), [&](ByteView key, ByteView) -> Status {
    ASSIGN_OR_RETURN(const QueueEntry entry, ReadQueueKey(key));
    entries.push_back(entry);
    return {};
  }));
  return entries;
}

Result<std::uint64_t> Tick::Work::RetryLane(LaneNumber lane) {
  ASSIGN_OR_RETURN(const auto entries, QueueOf(lane));
  std::uint64_t retried = 0;
  for (const QueueEntry& entry : entries) {
    ASSIGN_OR_RETURN(VisitRow visit, VisitAt(entry.place));
    if (visit.state == UrlState::kDone) continue;  // it waits to be looked at again
    const UrlState from = visit.state;
    visit.state = UrlState::kWaiting;
    visit.tries = 0;
    RETURN_IF_ERROR(Move(entry.place, from, visit, QueueTime(now)));
    ++retried;
  }
  return retried;
}

// All that would be asked again: what is in the queue, and the fresh ones.
Result<std::uint64_t> Tick::Work::DropFrom(LaneNumber lane, const std::string& url_prefix) {
  ASSIGN_OR_RETURN(const auto entries, QueueOf(lane));
  std::uint64_t dropped = 0;
  for (const QueueEntry& entry : entries) {
    ASSIGN_OR_RETURN(const bool fits, DropOne(entry.place, url_prefix));
    dropped += fits ? 1 : 0;
  }
  ASSIGN_OR_RETURN(const Touched* touched, Lane(lane));
  for (Seq seq = touched->state.fresh; seq < touched->state.end; ++seq) {
    ASSIGN_OR_RETURN(const UrlRow row, RowAt({lane, seq}));
    if (row.passed_over) continue;
    ASSIGN_OR_RETURN(const bool fits, DropOne({lane, seq}, url_prefix));
    dropped += fits ? 1 : 0;
  }
  return dropped;
}

Result<bool> Tick::Work::DropOne(const UrlPlace& place, const std::string& url_prefix) {
  ASSIGN_OR_RETURN(const UrlRow row, RowAt(place));
  ASSIGN_OR_RETURN(const std::string url, UrlAt(place, row));
  if (!url.starts_with(url_prefix)) return false;
  VisitRow visit;
  ASSIGN_OR_RETURN(const UrlState from, StandingOf(place, visit));
  ASSIGN_OR_RETURN(Touched * lane, Lane(place.lane));
  if (place.seq >= lane->state.fresh && !row.passed_over) RETURN_IF_ERROR(PassOver(place));
  visit.state = UrlState::kExcluded;
  visit.why = static_cast<std::uint8_t>(Exclusion::kDropped);
  CountExcluded(place.lane, *lane, Exclusion::kDropped, +1);
  Count(place.lane, *lane, UrlState::kExcluded, -1);  // Move() counts it
  RETURN_IF_ERROR(Move(place, from, visit, kNotQueued));
  return true;
}

}  // namespace nightjar::frontier
