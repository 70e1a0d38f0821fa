// SPDX-License-Identifier: Apache-2.0
// The queue for people: each URL of a lane with its state, read from four tables.
#include <algorithm>

#include "crawler/frontier/listing_source.h"
#include "crawler/frontier/packed.h"

namespace nightjar::frontier {
namespace {

// Walks the URLs of the lanes that fit, in the order of their keys.
class QueueWalk {
 public:
  QueueWalk(const ListingSource& source, const ListFilter& filter, std::size_t limit)
      : source_(source), filter_(filter), limit_(limit) {}

  Result<QueuePage> Run(const Bytes& last) {
    ASSIGN_OR_RETURN(const LaneRange range, source_.LanesOf(filter_));
    UrlPlace from{range.first, 0};
    if (!last.empty()) {
      ASSIGN_OR_RETURN(from, ReadPlaceKey(ByteView(last).substr(0, 8)));
      ++from.seq;
    }
    ASSIGN_OR_RETURN(auto lanes, source_.txn.Open(kLanes));
    ASSIGN_OR_RETURN(auto entry, lanes.Seek(NumberKey(from.lane)));
    while (entry && ReadU32(entry->key) < range.end) {
      ASSIGN_OR_RETURN(const auto lane, source_.LaneAt(entry->key, entry->value));
      const Seq first = lane.number == from.lane ? from.seq : 0;
      if (ListingSource::Fits(filter_, lane)) RETURN_IF_ERROR(WalkLane(lane, first));
      if (full_) return std::move(page_);
      ASSIGN_OR_RETURN(entry, lanes.Next());
    }
    page_.next.clear();
    return std::move(page_);
  }

 private:
  Status WalkLane(const ListingSource::Lane& lane, Seq first) {
    ASSIGN_OR_RETURN(const auto stored, source_.txn.Get(kLaneStates, NumberKey(lane.number)));
    if (!stored) return Fail(Code::kCorrupt, "a lane in the frontier has no state", lane.host);
    ASSIGN_OR_RETURN(const LaneState state, DecodeLaneState(*stored));
    for (Seq seq = first; seq < state.end; ++seq) {
      if (page_.urls.size() == limit_ || looked_at_ == kMostLookedAt) {
        full_ = true;
        return {};
      }
      ++looked_at_;
      const UrlPlace place{lane.number, seq};
      ASSIGN_OR_RETURN(const auto block, source_.txn.Get(kUrls, PlaceKey({lane.number, BlockOf(seq)})));
      if (!block) return Fail(Code::kCorrupt, "a URL's row is missing", lane.host);
      ASSIGN_OR_RETURN(const UrlRow row, RowOfBlock(*block, IndexOf(seq)));
      ASSIGN_OR_RETURN(QueuedUrl url, Describe(place, row, state, lane));
      const bool fits =
          (!filter_.state || *filter_.state == url.state) && url.url.starts_with(filter_.url_prefix);
      if (fits) page_.urls.push_back(std::move(url));
      page_.next = HexEncode(PlaceKey(place));
    }
    return {};
  }

  Result<QueuedUrl> Describe(const UrlPlace& place, const UrlRow& row, const LaneState& state,
                             const ListingSource::Lane& lane) const {
    QueuedUrl url;
    url.job = lane.job->job;
    url.host = lane.host;
    url.url = WholeUrl(row.url, lane.host);
    url.depth = row.depth;
    ASSIGN_OR_RETURN(const auto stored, source_.txn.Get(kVisits, PlaceKey(place)));
    ASSIGN_OR_RETURN(const auto leased, source_.txn.Get(kLeases, PlaceKey(place)));
    const bool is_fresh = place.seq >= state.fresh && !row.passed_over;
    url.state = is_fresh ? UrlState::kWaiting : UrlState::kDone;
    if (is_fresh) url.due = source_.UtcOf(row.found);
    if (stored) {
      ASSIGN_OR_RETURN(const VisitRow visit, DecodeVisitRow(*stored));
      url.state = visit.state;
      url.tries = visit.tries;
      if (visit.why != 0)
        url.why = visit.state == UrlState::kExcluded ? scope::ExclusionName(static_cast<Exclusion>(visit.why))
                                                     : CauseName(static_cast<Cause>(visit.why));
      if (visit.queued < kFaultBand)
        url.due = visit.queued == 0 ? source_.UtcOf(row.found) : source_.UtcOf(MomentOf(visit.queued));
    }
    if (leased) {
      url.state = UrlState::kLeased;
      url.due.reset();
    }
    return url;
  }

  const ListingSource& source_;
  const ListFilter& filter_;
  std::size_t limit_;
  std::size_t looked_at_ = 0;
  bool full_ = false;
  QueuePage page_;
};

}  // namespace

Result<QueuePage> ListQueue(const std::string& folder, const ListFilter& filter, std::size_t limit,
                            const std::string& after, const Clock& clock) {
  ASSIGN_OR_RETURN(const auto source, ListingSource::Open(folder, clock));
  ASSIGN_OR_RETURN(const Bytes last, ReadPlace(after, 8));
  return QueueWalk(source, filter, limit).Run(last);
}

}  // namespace nightjar::frontier
