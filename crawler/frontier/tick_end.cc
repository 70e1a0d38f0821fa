// SPDX-License-Identifier: Apache-2.0
// Ending: a leased URL comes back.
#include <algorithm>

#include "crawler/frontier/tick_work.h"

namespace nightjar::frontier {
namespace {

constexpr unsigned kMostDoublings = 10;  // retry_delay * 1024: a host that failed ten times can wait

std::chrono::seconds RetryAfter(std::chrono::seconds first, std::uint8_t tries) {
  return first * (1LL << std::min<unsigned>(tries - 1U, kMostDoublings));
}

}  // namespace

Status Tick::Work::End(LeaseId id, const Ending& ending) {
  const auto found = state.leases.find(id);
  const Leased leased = found->second;
  state.leases.erase(found);
  RETURN_IF_ERROR(txn.Delete(kLeases, PlaceKey(leased.place)));
  Job& job = JobOf(leased.place.lane);
  --job.leased;
  RETURN_IF_ERROR(CountExchange(leased.place.lane, ending));
  RETURN_IF_ERROR(EndVisit(leased, ending, now));
  return FreeHost(leased, ending);
}

// A request that the service may have noticed counts against the budgets.
Status Tick::Work::CountExchange(LaneNumber number, const Ending& ending) {
  using Kind = Ending::Kind;
  if (ending.kind != Kind::kDone && ending.kind != Kind::kPassing && ending.kind != Kind::kFinal) return {};
  ASSIGN_OR_RETURN(Touched * lane, Lane(number));
  ++lane->state.run.pages;
  lane->state.run.bytes += ending.bytes;
  lane->changed = true;
  Job& job = JobOf(number);
  ++job.row.exchanges;
  job.row.bytes += ending.bytes;
  changed_jobs.insert(job.row.number);
  return {};
}

Status Tick::Work::FreeHost(const Leased& leased, const Ending& ending) {
  const HostNumber number = state.bench.host_of(leased.place.lane);
  Workbench::Host& host = state.bench.host(number);
  // Where several may be under way the wait counts from when each went out, if that is known.
  const bool nothing_sent = ending.kind == Ending::Kind::kExcluded;
  const bool counts = !nothing_sent && (leased.to_begin || state.PerHost(JobOf(leased.place.lane)) == 1);
  // Unless another lease has touched the host since.
  if (nothing_sent && host.politeness == leased.host_since) host.politeness = leased.host_before;
  if (counts || ending.not_before > Micros(0)) host.politeness.touched = now;
  if (ending.not_before > Micros(0)) {
    const auto asked =
        std::chrono::ceil<std::chrono::milliseconds>(std::min<Micros>(ending.not_before, kLongestNotBefore));
    host.politeness.gap_ms = std::max(host.politeness.gap_ms, static_cast<std::uint32_t>(asked.count()));
  }
  --host.under_way;
  if (leased.to_begin) --host.to_begin;
  changed_hosts.insert(number);
  state.Free(number);
  // A lane that rested because its budget was out may have got some of it back; one where little is left to
  // do is looked at before the host may be asked, for the crawl may be idle now.
  const LaneNumber own = leased.place.lane;
  ASSIGN_OR_RETURN(const Touched* lane, Lane(own));
  if (lane->state.counts.waiting > 0)
    WakeLane(own, state.Allowed(number, JobOf(own)));
  else if (lane->state.queued > 0)
    WakeLane(own, now);
  else
    state.bench.Rest(own);
  return {};
}

Status Tick::Work::EndVisit(const Leased& leased, const Ending& ending, Moment at) {
  VisitRow visit;
  if (!leased.was_fresh) {
    ASSIGN_OR_RETURN(visit, VisitAt(leased.place));
  }
  visit.queued = kNotQueued;  // taken out when it was leased
  visit.tries = leased.tries;
  visit.why = static_cast<std::uint8_t>(ending.cause);
  using Kind = Ending::Kind;
  switch (ending.kind) {
    case Kind::kDone:
      return EndDone(leased, ending, visit, at);
    case Kind::kPassing:
    case Kind::kFinal:
      return EndFailed(leased, ending, visit, at);
    case Kind::kUntried:
    case Kind::kHeld:
      visit.state = UrlState::kWaiting;
      return Move(leased.place, UrlState::kLeased, visit, std::min(leased.due, QueueTime(now)));
    case Kind::kExcluded: {
      ASSIGN_OR_RETURN(Touched * lane, Lane(leased.place.lane));
      visit.state = UrlState::kExcluded;
      visit.why = static_cast<std::uint8_t>(ending.exclusion);
      CountExcluded(leased.place.lane, *lane, ending.exclusion, +1);
      Count(leased.place.lane, *lane, UrlState::kExcluded, -1);  // Move() counts it
      return Move(leased.place, UrlState::kLeased, visit, kNotQueued);
    }
  }
  return {};
}

// "Fetched once, well" needs no row, and so a busy crawl writes next to nothing for a page.
Status Tick::Work::EndDone(const Leased& leased, const Ending& ending, VisitRow visit, Moment at) {
  const Recrawl& recrawl = JobOf(leased.place.lane).terms.recrawl;
  visit.state = UrlState::kDone;
  visit.why = 0;
  visit.tries = 0;
  if (recrawl.on) {
    Learn(visit.history, ending.content, at);
    const auto interval = ending.gone ? recrawl.max_interval
                                      : IntervalOf(visit.history, recrawl.min_interval, recrawl.max_interval);
    return Move(leased.place, UrlState::kLeased, visit, QueueTime(at + interval));
  }
  if (!leased.was_fresh) return Move(leased.place, UrlState::kLeased, visit, kNotQueued);
  ASSIGN_OR_RETURN(Touched * lane, Lane(leased.place.lane));
  Count(leased.place.lane, *lane, UrlState::kLeased, -1);
  Count(leased.place.lane, *lane, UrlState::kDone, +1);
  return {};
}

Status Tick::Work::EndFailed(const Leased& leased, const Ending& ending, VisitRow visit, Moment at) {
  const bool is_passing = ending.kind == Ending::Kind::kPassing;
  if (visit.tries < UINT8_MAX) ++visit.tries;
  if (is_passing && visit.tries < state.options.tries) {
    visit.state = UrlState::kWaiting;
    const Moment due = at + RetryAfter(state.options.retry_delay, visit.tries);
    return Move(leased.place, UrlState::kLeased, visit, QueueTime(due));
  }
  visit.state = UrlState::kFailed;
  const std::uint64_t run = JobOf(leased.place.lane).row.run;
  return Move(leased.place, UrlState::kLeased, visit, is_passing ? kFaultBand + run : kFinalBand);
}

Status Tick::Work::ReturnLeasesOfTheDead() {
  std::vector<UrlPlace> places;
  RETURN_IF_ERROR(ForEachRow(txn, kLeases, "", [&](ByteView key, ByteView) -> Status {
    ASSIGN_OR_RETURN(const UrlPlace place, ReadPlaceKey(key));
    if (place.lane >= state.bench.lanes())
      return Fail(Code::kCorrupt, "a lease of no lane", state.options.folder);
    places.push_back(place);
    return {};
  }));
  for (const UrlPlace& place : places) {
    RETURN_IF_ERROR(txn.Delete(kLeases, PlaceKey(place)));
    ASSIGN_OR_RETURN(VisitRow visit, VisitAt(place));
    if (visit.state != UrlState::kWaiting) visit.tries = 0;
    visit.state = UrlState::kWaiting;
    visit.queued = kNotQueued;
    RETURN_IF_ERROR(Move(place, UrlState::kLeased, visit, QueueTime(now)));
    // The request may have begun at any moment of the life of the dead process: the wait starts from now.
    const HostNumber host = state.bench.host_of(place.lane);
    state.bench.host(host).politeness.touched = now;
    changed_hosts.insert(host);
  }
  return {};
}

}  // namespace nightjar::frontier
