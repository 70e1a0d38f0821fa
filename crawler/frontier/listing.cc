// SPDX-License-Identifier: Apache-2.0
#include "crawler/frontier/listing.h"

#include <algorithm>
#include <map>

#include "base/codec.h"
#include "crawler/frontier/frontier_state.h"
#include "crawler/frontier/listing_source.h"

namespace nightjar::frontier {

Result<ListingSource> ListingSource::Open(const std::string& folder, const Clock& clock) {
  ASSIGN_OR_RETURN(auto env, store::Env::Open(StoreOptions(folder, true)));
  ASSIGN_OR_RETURN(auto txn, env->Read());
  ASSIGN_OR_RETURN(const auto mark, ReadMark(txn));
  const Timeline timeline(clock, BootId(), mark);
  ListingSource source(std::move(txn), clock.Utc() - timeline.Now().time_since_epoch());
  RETURN_IF_ERROR(ForEachRow(source.txn, kJobs, "", [&](ByteView key, ByteView value) -> Status {
    ASSIGN_OR_RETURN(const JobRow row, DecodeJobRow(value));
    source.jobs.emplace(row.number, JobCounts{JobId{std::string(key)}, row});
    return {};
  }));
  return source;
}

Result<ListingSource::Lane> ListingSource::LaneAt(ByteView key, ByteView value) const {
  ASSIGN_OR_RETURN(const LaneRow row, DecodeLaneRow(value));
  const auto job = jobs.find(row.job);
  ASSIGN_OR_RETURN(const auto name, txn.Get(kHostNames, NumberKey(row.host)));
  if (job == jobs.end() || !name) return Fail(Code::kCorrupt, "a lane in the frontier has no job or host");
  return Lane{ReadU32(key), row, &job->second, std::string(*name)};
}

// One past the last lane, if the filter names no lane; else nothing but that one.
Result<LaneRange> ListingSource::LanesOf(const ListFilter& filter) const {
  if (!filter.job || !filter.host) return LaneRange{0, UINT32_MAX};
  const auto job =
      std::ranges::find_if(jobs, [&](const auto& entry) { return entry.second.job == *filter.job; });
  ASSIGN_OR_RETURN(const auto host, txn.Get(kHostNumbers, *filter.host));
  if (job == jobs.end() || !host) return LaneRange{0, 0};
  ASSIGN_OR_RETURN(const auto lane, txn.Get(kLaneNumbers, Key().U32(job->first).U32(ReadU32(*host))));
  if (!lane) return LaneRange{0, 0};
  return LaneRange{ReadU32(*lane), ReadU32(*lane) + 1};
}

bool ListingSource::Fits(const ListFilter& filter, const Lane& lane) {
  return (!filter.job || *filter.job == lane.job->job) && (!filter.host || *filter.host == lane.host);
}

Result<Bytes> ReadPlace(const std::string& after, std::size_t size) {
  if (after.empty()) return Bytes();
  auto key = HexDecode(after);
  if (!key || key->size() < size)
    return Fail(Code::kInvalidInput, "is not the `next` of another page", after);
  return *std::move(key);
}

Result<FrontierCounts> ReadCounts(const std::string& folder) {
  ASSIGN_OR_RETURN(auto source, ListingSource::Open(folder, SystemClock()));
  FrontierCounts counts;
  ASSIGN_OR_RETURN(counts.cursor, ReadCursor(source.txn));
  for (auto& [number, job] : source.jobs) counts.jobs.push_back(job);
  return counts;
}

namespace {

Result<LaneListing> Describe(const ListingSource& source, const ListingSource::Lane& lane) {
  const auto& txn = source.txn;
  ASSIGN_OR_RETURN(const auto stored, txn.Get(kLaneStates, NumberKey(lane.number)));
  if (!stored) return Fail(Code::kCorrupt, "a lane in the frontier has no state", lane.host);
  ASSIGN_OR_RETURN(const LaneState state, DecodeLaneState(*stored));
  LaneListing listing;
  listing.job = lane.job->job;
  listing.host = lane.host;
  listing.counts = state.counts;
  for (std::size_t reason = 0; reason < state.excluded.size(); ++reason)
    if (state.excluded.at(reason) > 0)
      listing.excluded.emplace_back(static_cast<Exclusion>(reason), state.excluded.at(reason));
  listing.run_pages = state.run.run == lane.job->row.run ? state.run.pages : 0;
  listing.in_scope = lane.row.in_scope;
  listing.discovered = state.joined_at > 0;
  ASSIGN_OR_RETURN(const auto held, txn.Get(kHolds, NumberKey(lane.number)));
  if (held) {
    ASSIGN_OR_RETURN(const HoldRow hold, DecodeHoldRow(*held));
    listing.held = hold.reason;
    listing.held_since = source.UtcOf(hold.since);
  }
  ASSIGN_OR_RETURN(const auto ruled, txn.Get(kHostRules, NumberKey(lane.row.host)));
  if (ruled) {
    ASSIGN_OR_RETURN(const HostRuleRow rule, DecodeHostRuleRow(*ruled));
    listing.rule = {rule.blocked, std::chrono::milliseconds(rule.min_delay_ms)};
  }
  return listing;
}

}  // namespace

Result<LanePage> ListLanes(const std::string& folder, const ListFilter& filter, std::size_t limit,
                           const std::string& after) {
  ASSIGN_OR_RETURN(const auto source, ListingSource::Open(folder, SystemClock()));
  ASSIGN_OR_RETURN(const Bytes last, ReadPlace(after, 4));
  ASSIGN_OR_RETURN(const LaneRange range, source.LanesOf(filter));
  ASSIGN_OR_RETURN(auto cursor, source.txn.Open(kLanes));
  const LaneNumber first =
      last.empty() ? range.first : std::max(range.first, ReadU32(ByteView(last).substr(0, 4)) + 1);
  ASSIGN_OR_RETURN(auto entry, cursor.Seek(NumberKey(first)));
  LanePage page;
  while (entry && ReadU32(entry->key) < range.end) {
    if (page.lanes.size() == limit) return page;
    ASSIGN_OR_RETURN(const auto lane, source.LaneAt(entry->key, entry->value));
    if (ListingSource::Fits(filter, lane)) {
      ASSIGN_OR_RETURN(LaneListing listing, Describe(source, lane));
      page.lanes.push_back(std::move(listing));
      page.next = HexEncode(entry->key);
    }
    ASSIGN_OR_RETURN(entry, cursor.Next());
  }
  page.next.clear();
  return page;
}

Result<DiscoveredPage> ListDiscovered(const std::string& folder, const ListFilter& filter, std::size_t limit,
                                      const std::string& after) {
  ASSIGN_OR_RETURN(const auto source, ListingSource::Open(folder, SystemClock()));
  ASSIGN_OR_RETURN(const Bytes last, ReadPlace(after, 5));
  ASSIGN_OR_RETURN(auto cursor, source.txn.Open(kDiscovered));
  ASSIGN_OR_RETURN(auto entry, cursor.Seek(last));
  DiscoveredPage page;
  for (; entry; entry = *cursor.Next()) {
    const auto job = source.jobs.find(ReadU32(entry->key.substr(0, 4)));
    const std::string host(entry->key.substr(4));
    const bool fits = job != source.jobs.end() && (!filter.job || *filter.job == job->second.job) &&
                      (!filter.host || *filter.host == host) && entry->key != last;
    if (!fits) continue;
    if (page.hosts.size() == limit) return page;
    ASSIGN_OR_RETURN(DiscoveredRow row, DecodeDiscoveredRow(entry->value));
    page.hosts.push_back({.job = job->second.job,
                          .host = host,
                          .joined = row.joined,
                          .first_seen = source.UtcOf(row.first_seen),
                          .count = row.count,
                          .via = row.via.empty() ? "-" : std::move(row.via)});
    page.next = HexEncode(entry->key);
  }
  page.next.clear();
  return page;
}

}  // namespace nightjar::frontier
