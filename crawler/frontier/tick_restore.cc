// SPDX-License-Identifier: Apache-2.0
// Rebuilding: what the archive says of a URL becomes its state.
#include "crawler/frontier/tick_work.h"

namespace nightjar::frontier {

Status Tick::Restore(const JobId& id, const PastVisit& visit) {
  ASSIGN_OR_RETURN(const JobNumber job, work_->state.NumberOf(id));
  return work_->Restore(job, visit);
}

Status Tick::Work::Restore(JobNumber job, const PastVisit& past) {
  ASSIGN_OR_RETURN(const auto found, Find(job, past.candidate));
  if (!found) return {};  // of a host that the job does not name any more
  ASSIGN_OR_RETURN(const UrlPlace place, KeepAnyway(*found));
  VisitRow visit;
  ASSIGN_OR_RETURN(const UrlState from, StandingOf(place, visit));
  if (from == UrlState::kLeased) return Fail(Code::kInternal, "a leased URL cannot be restored", found->name);
  ASSIGN_OR_RETURN(Touched * lane, Lane(place.lane));
  ASSIGN_OR_RETURN(const UrlRow row, RowAt(place));
  if (place.seq >= lane->state.fresh && !row.passed_over) RETURN_IF_ERROR(PassOver(place));
  RETURN_IF_ERROR(Dequeue(place, visit.queued));
  Count(place.lane, *lane, from, -1);
  Count(place.lane, *lane, UrlState::kLeased, +1);
  ASSIGN_OR_RETURN(const auto has_row, txn.Get(kVisits, PlaceKey(place)));
  const std::uint8_t tries = from == UrlState::kWaiting ? visit.tries : std::uint8_t{0};
  const Leased leased{
      .place = place, .until = now, .due = QueueTime(now), .tries = tries, .was_fresh = !has_row};
  RETURN_IF_ERROR(CountExchange(place.lane, past.ending));
  return EndVisit(leased, past.ending, now - past.ago);
}

// The URL's row, made if need be, even where the job's rules would leave the URL out today: it was asked.
Result<UrlPlace> Tick::Work::KeepAnyway(const Found& found) {
  ASSIGN_OR_RETURN(const auto known, KnownAt(found.lane, found.hash));
  ASSIGN_OR_RETURN(Touched * lane, Lane(found.lane));
  if (known && known->excluded == Exclusion::kNone) return UrlPlace{found.lane, known->seq};
  if (known) CountExcluded(found.lane, *lane, known->excluded, -1);
  ASSIGN_OR_RETURN(const Seq seq, Keep(found));
  Count(found.lane, *lane, UrlState::kWaiting, +1);
  return UrlPlace{found.lane, seq};
}

}  // namespace nightjar::frontier
