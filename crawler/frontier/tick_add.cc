// SPDX-License-Identifier: Apache-2.0
// Adding: each name of a lane is known once, with a URL row or with the reason why it has none.
#include <algorithm>

#include "base/codec.h"
#include "base/site_host.h"
#include "crawler/frontier/tick_work.h"
#include "crawler/scope/shape.h"
#include "crawler/scope/traps.h"

namespace nightjar::frontier {
namespace {

constexpr std::size_t kMostRemembered = 100'000;  // hosts that one tick keeps at hand

// Everything from the path on.
std::string_view PathAndQueryOf(std::string_view name) {
  const std::size_t authority = name.find("://") + 3;
  return name.substr(name.find('/', authority));
}

// FNV-1a: a name for a shape that is the same in every build.
std::uint64_t HashShape(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

// Reasons that hang on the job's terms or on how a URL was met: at the next meeting they may be gone.
bool MayPass(Exclusion exclusion) {
  switch (exclusion) {
    case Exclusion::kTooFarFromSeed:
    case Exclusion::kPatterns:
    case Exclusion::kShapeQuota:
    case Exclusion::kCalendar:
    case Exclusion::kHostQuota:
    case Exclusion::kRobots:
    case Exclusion::kBlocked:
      return true;
    default:
      return false;
  }
}

}  // namespace

// Nothing: the candidate leads outside.
Result<std::optional<Tick::Work::Found>> Tick::Work::Find(JobNumber job, const Candidate& candidate) {
  if (lane_cache.size() > kMostRemembered) lane_cache.clear();
  const bool is_last = last_host.lane && last_host.job == job && last_host.url_host == candidate.url.host();
  std::optional<LaneNumber> lane = last_host.lane;
  if (!is_last) {
    ASSIGN_OR_RETURN(lane, LaneOf(job, candidate.url.host()));
    if (!lane) {
      ASSIGN_OR_RETURN(lane, MeetOutside(job, candidate));
      if (!lane) return std::nullopt;
    }
    last_host = {job, candidate.url.host(), lane};
  }
  Found found{.job = job,
              .lane = *lane,
              .candidate = &candidate,
              .name = state.jobs[job].matcher.NameOf(candidate.url)};
  found.hash = HashName(found.name);
  return found;
}

Status Tick::Work::AddOne(JobNumber job, const Candidate& candidate, Admission& admission) {
  ASSIGN_OR_RETURN(const auto found, Find(job, candidate));
  if (!found) {
    ++admission.outside;
    ++state.jobs[job].row.outside;
    changed_jobs.insert(job);
    return {};
  }
  ASSIGN_OR_RETURN(const auto known, KnownAt(found->lane, found->hash));
  if (!known || MayPass(known->excluded)) return AddNew(*found, known, admission);
  ++admission.known;
  return MeetAgain(*found, *known);
}

// A name that is new, or was left out for a reason (`known`) that may have passed.
Status Tick::Work::AddNew(const Found& found, const std::optional<KnownRow>& known, Admission& admission) {
  ASSIGN_OR_RETURN(const Exclusion exclusion, Judge(found));
  if (known && exclusion != Exclusion::kNone) {
    ++admission.known;
    return {};
  }
  if (exclusion != Exclusion::kNone) {
    ++admission.excluded;
    return LeaveOut(found, exclusion);
  }
  if (known) {
    ASSIGN_OR_RETURN(Touched * lane, Lane(found.lane));
    CountExcluded(found.lane, *lane, known->excluded, -1);
  }
  RETURN_IF_ERROR(Keep(found));
  ++admission.fresh;
  ASSIGN_OR_RETURN(Touched * lane, Lane(found.lane));
  Count(found.lane, *lane, UrlState::kWaiting, +1);
  WakeLane(found.lane, now);
  return {};
}

// Gives the URL a row, which makes it fresh; the caller counts it.
Result<Seq> Tick::Work::Keep(const Found& found) {
  ASSIGN_OR_RETURN(Touched * lane, Lane(found.lane));
  ASSIGN_OR_RETURN(const std::string* host, HostNameAt(found.lane));
  const Candidate& candidate = *found.candidate;
  UrlRow row{.depth = candidate.depth, .found = now, .via = {}, .url = CutOrigin(found.name, *host)};
  if (!candidate.via.empty()) {
    ASSIGN_OR_RETURN(const auto via, PlaceOf(found.job, candidate.via));
    row.has_via = via.has_value();
    row.via = via.value_or(UrlPlace{});
  }
  const Seq seq = lane->state.end++;
  lane->changed = true;
  RETURN_IF_ERROR(PutUrl({found.lane, seq}, row));
  RETURN_IF_ERROR(PutKnown(found.lane, found.hash, {Exclusion::kNone, candidate.depth, seq}));
  if (candidate.via.empty())
    RETURN_IF_ERROR(txn.Put(kSeeds, Key().U32(found.job).U32(found.lane).U32(seq), ""));
  return seq;
}

Status Tick::Work::LeaveOut(const Found& found, Exclusion exclusion) {
  ASSIGN_OR_RETURN(Touched * lane, Lane(found.lane));
  CountExcluded(found.lane, *lane, exclusion, +1);
  return PutKnown(found.lane, found.hash, {exclusion, found.candidate->depth, 0});
}

// A shorter way counts for a URL that still waits for its first turn; what was asked stays as it was.
Status Tick::Work::MeetAgain(const Found& found, KnownRow known) {
  if (known.excluded != Exclusion::kNone || found.candidate->depth >= known.depth) return {};
  ASSIGN_OR_RETURN(Touched * lane, Lane(found.lane));
  if (known.seq < lane->state.fresh) return {};
  const UrlPlace place{found.lane, known.seq};
  ASSIGN_OR_RETURN(UrlRow row, RowAt(place));
  row.depth = known.depth = found.candidate->depth;
  ASSIGN_OR_RETURN(const auto via, PlaceOf(found.job, found.candidate->via));
  row.has_via = via.has_value();
  row.via = via.value_or(UrlPlace{});
  RETURN_IF_ERROR(PutUrl(place, row));
  return PutKnown(found.lane, found.hash, known);
}

Result<Exclusion> Tick::Work::Judge(const Found& found) {
  const Candidate& candidate = *found.candidate;
  const Job& job = state.jobs[found.job];
  if (const Exclusion trap = scope::JudgeTraps(candidate.url, found.name); trap != Exclusion::kNone)
    return trap;
  ASSIGN_OR_RETURN(const Touched* lane, Lane(found.lane));
  const std::uint32_t joined_at = lane->state.joined_at;
  const std::uint32_t max_depth =
      joined_at > 0 ? joined_at - 1 + job.terms.discovery.max_depth : job.terms.max_depth;
  if (candidate.depth > max_depth) return Exclusion::kTooFarFromSeed;
  const std::string_view path_and_query = PathAndQueryOf(found.name);
  if (!job.matcher.Admits(path_and_query)) return Exclusion::kPatterns;
  const std::uint64_t most = job.terms.max_urls_per_host > 0 ? job.terms.max_urls_per_host : UINT32_MAX;
  if (lane->state.end >= std::min<std::uint64_t>(most, UINT32_MAX)) return Exclusion::kHostQuota;
  return JudgeShape(found, path_and_query);
}

// Counts the URL towards its shape unless that is full.
Result<Exclusion> Tick::Work::JudgeShape(const Found& found, std::string_view path_and_query) {
  const std::uint64_t terms = state.jobs[found.job].terms.max_urls_per_shape;
  const scope::Shape shape = scope::ShapeOf(path_and_query);
  if (!shape.folded || terms == 0) return Exclusion::kNone;
  const std::uint64_t most = shape.calendar ? std::min(terms, scope::kMaxUrlsPerCalendar) : terms;
  const std::uint64_t hash = HashShape(shape.text);
  const auto [place, is_new] = shapes.try_emplace({found.lane, hash});
  ShapeCount& shape_count = place->second;
  if (is_new) {
    ASSIGN_OR_RETURN(const auto stored, txn.Get(kLaneStates, Key().U32(found.lane).U64(hash)));
    if (stored) shape_count.count = Decoder(*stored).U64();
  }
  if (shape_count.count >= most) return shape.calendar ? Exclusion::kCalendar : Exclusion::kShapeQuota;
  ++shape_count.count;
  shape_count.changed = true;
  return Exclusion::kNone;
}

// Where a URL of the job is kept; nothing if it is not.
Result<std::optional<UrlPlace>> Tick::Work::PlaceOf(JobNumber job, const std::string& url) {
  if (last_via.job == job && last_via.url == url && !url.empty()) return last_via.place;
  const auto parsed = Url::Parse(url);
  if (!parsed) return std::nullopt;
  ASSIGN_OR_RETURN(const auto lane, LaneOf(job, parsed->host()));
  if (!lane) return std::nullopt;
  const NameHash hash = HashName(state.jobs[job].matcher.NameOf(*parsed));
  ASSIGN_OR_RETURN(const auto known, KnownAt(*lane, hash));
  std::optional<UrlPlace> place;
  if (known && known->excluded == Exclusion::kNone) place = UrlPlace{*lane, known->seq};
  last_via = {job, url, place};
  return place;
}

}  // namespace nightjar::frontier
