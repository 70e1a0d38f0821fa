// SPDX-License-Identifier: Apache-2.0
// A URL's visits and its place in the queue. The two change together, and with them the lane's counts.
#include "crawler/frontier/tick_work.h"

namespace nightjar::frontier {
namespace {

bool IsFault(std::uint64_t time) { return time >= kFaultBand && time < kFinalBand; }

}  // namespace

Result<VisitRow> Tick::Work::VisitAt(const UrlPlace& place) {
  ASSIGN_OR_RETURN(const auto stored, txn.Get(kVisits, PlaceKey(place)));
  if (!stored) return VisitRow{};
  return DecodeVisitRow(*stored);
}

Status Tick::Work::PutVisit(const UrlPlace& place, const VisitRow& visit) {
  return txn.Put(kVisits, PlaceKey(place), Encode(visit));
}

Status Tick::Work::Enqueue(const UrlPlace& place, VisitRow& visit, std::uint64_t time) {
  visit.queued = time;
  if (time == kNotQueued) return {};
  ASSIGN_OR_RETURN(Touched * lane, Lane(place.lane));
  ++lane->state.queued;
  if (IsFault(time)) ++lane->state.faults;
  lane->changed = true;
  if (time < kFaultBand) WakeLane(place.lane, MomentOf(time));
  return txn.Put(kQueue, QueueKey(place.lane, time, place.seq), "");
}

Status Tick::Work::Dequeue(const UrlPlace& place, std::uint64_t time) {
  if (time == kNotQueued) return {};
  ASSIGN_OR_RETURN(Touched * lane, Lane(place.lane));
  --lane->state.queued;
  if (IsFault(time)) --lane->state.faults;
  lane->changed = true;
  ASSIGN_OR_RETURN(const bool was_there, txn.Delete(kQueue, QueueKey(place.lane, time, place.seq)));
  if (!was_there) return Fail(Code::kCorrupt, "a URL's entry in its queue is missing", state.options.folder);
  return {};
}

Status Tick::Work::Move(const UrlPlace& place, UrlState from, VisitRow visit, std::uint64_t time) {
  ASSIGN_OR_RETURN(Touched * lane, Lane(place.lane));
  Count(place.lane, *lane, from, -1);
  Count(place.lane, *lane, visit.state, +1);
  RETURN_IF_ERROR(Dequeue(place, visit.queued));
  RETURN_IF_ERROR(Enqueue(place, visit, time));
  return PutVisit(place, visit);
}

Result<UrlState> Tick::Work::StandingOf(const UrlPlace& place, VisitRow& visit) {
  ASSIGN_OR_RETURN(const auto leased, txn.Get(kLeases, PlaceKey(place)));
  if (leased) return UrlState::kLeased;
  ASSIGN_OR_RETURN(const auto stored, txn.Get(kVisits, PlaceKey(place)));
  if (stored) {
    ASSIGN_OR_RETURN(visit, DecodeVisitRow(*stored));
    return visit.state;
  }
  ASSIGN_OR_RETURN(const Touched* lane, Lane(place.lane));
  if (place.seq < lane->state.fresh) return UrlState::kDone;
  ASSIGN_OR_RETURN(const UrlRow row, RowAt(place));
  return row.passed_over ? UrlState::kDone : UrlState::kWaiting;
}

// A fresh URL leaves its turn; the caller gives it another state.
Status Tick::Work::PassOver(const UrlPlace& place) {
  ASSIGN_OR_RETURN(UrlRow row, RowAt(place));
  row.passed_over = true;
  return PutUrl(place, row);
}

}  // namespace nightjar::frontier
