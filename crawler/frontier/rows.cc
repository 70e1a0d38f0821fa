// SPDX-License-Identifier: Apache-2.0
#include "crawler/frontier/rows.h"

#include <bit>
#include <cstdlib>

#include "base/codec.h"

namespace nightjar::frontier {
namespace {

using scope::kExclusions;

constexpr std::string_view kScheme = "http://";

std::int64_t Number(Moment moment) { return moment.time_since_epoch().count(); }
Moment TakeMoment(Decoder& in) { return Moment(Micros(in.I64())); }

// Counts of a lane are bounded by Seq; four bytes each keep a lane's state small.
Encoder& PutCount(Encoder& out, std::uint64_t count) {
  return out.U32(static_cast<std::uint32_t>(std::min<std::uint64_t>(count, UINT32_MAX)));
}

void PutExcluded(Encoder& out, const ExclusionCounts& excluded) {
  std::uint8_t reasons = 0;
  for (const std::uint64_t count : excluded) reasons += count > 0 ? 1 : 0;
  out.U8(reasons);
  for (std::uint8_t reason = 0; reason < kExclusions; ++reason)
    if (excluded.at(reason) > 0) out.U8(reason).U64(excluded.at(reason));
}

// False: a reason that this version does not know.
bool TakeExcluded(Decoder& in, ExclusionCounts& excluded) {
  const std::uint8_t reasons = in.U8();
  for (std::uint8_t i = 0; i < reasons && in.ok(); ++i) {
    const std::uint8_t reason = in.U8();
    if (reason >= kExclusions) return false;
    excluded.at(reason) = in.U64();
  }
  return true;
}

}  // namespace

std::string CutOrigin(std::string_view url, std::string_view host_name) {
  if (url.starts_with(kScheme) && url.substr(kScheme.size()).starts_with(host_name)) {
    const std::string_view rest = url.substr(kScheme.size() + host_name.size());
    if (rest.starts_with('/')) return std::string(rest);
  }
  return std::string(url);
}

std::string WholeUrl(std::string_view cut, std::string_view host_name) {
  if (!cut.starts_with('/')) return std::string(cut);
  return std::string(kScheme).append(host_name).append(cut);
}

Bytes Encode(const UrlRow& row) {
  Encoder out;
  const auto flags = static_cast<std::uint8_t>((row.passed_over ? 1 : 0) | (row.has_via ? 2 : 0));
  out.U8(flags).U32(row.depth).I64(Number(row.found)).U32(row.via.lane).U32(row.via.seq);
  return out.Str(row.url).Take();
}

Result<UrlRow> DecodeUrlRow(ByteView bytes) {
  Decoder in(bytes);
  UrlRow row;
  const std::uint8_t flags = in.U8();
  row.passed_over = (flags & 1) != 0;
  row.has_via = (flags & 2) != 0;
  row.depth = in.U32();
  row.found = TakeMoment(in);
  row.via = {in.U32(), in.U32()};
  row.url = in.Str();
  RETURN_IF_ERROR(in.Finish("a URL's row in the frontier"));
  return row;
}

std::string_view UrlStateName(UrlState state) {
  switch (state) {
    case UrlState::kWaiting:
      return "waiting";
    case UrlState::kLeased:
      return "leased";
    case UrlState::kDone:
      return "done";
    case UrlState::kFailed:
      return "failed";
    case UrlState::kExcluded:
      return "excluded";
  }
  return "unknown";
}

Bytes Encode(const VisitRow& row) {
  Encoder out;
  const History& history = row.history;
  out.U8(static_cast<std::uint8_t>(row.state)).U8(row.why).U8(row.tries).U64(row.queued);
  out.U8(history.content ? 1 : 0).U64(history.content.value_or(0)).I64(Number(history.last));
  return out.U32(history.visits).U32(history.changes).U32(history.watched).Take();
}

Result<VisitRow> DecodeVisitRow(ByteView bytes) {
  Decoder in(bytes);
  VisitRow row;
  const std::uint8_t state = in.U8();
  row.why = in.U8();
  row.tries = in.U8();
  row.queued = in.U64();
  const bool has_content = in.U8() != 0;
  const std::uint64_t content = in.U64();
  if (has_content) row.history.content = content;
  row.history.last = TakeMoment(in);
  row.history.visits = in.U32();
  row.history.changes = in.U32();
  row.history.watched = in.U32();
  RETURN_IF_ERROR(in.Finish("a URL's visits in the frontier"));
  if (state > static_cast<std::uint8_t>(UrlState::kExcluded) ||
      state == static_cast<std::uint8_t>(UrlState::kLeased))
    return Fail(Code::kCorrupt, "a URL in the frontier has an unknown state");
  row.state = static_cast<UrlState>(state);
  return row;
}

Counts& Counts::operator+=(const Counts& other) {
  waiting += other.waiting;
  leased += other.leased;
  done += other.done;
  failed += other.failed;
  excluded += other.excluded;
  return *this;
}

std::uint64_t& Counts::Of(UrlState state) {
  switch (state) {
    case UrlState::kWaiting:
      return waiting;
    case UrlState::kLeased:
      return leased;
    case UrlState::kDone:
      return done;
    case UrlState::kFailed:
      return failed;
    case UrlState::kExcluded:
      return excluded;
  }
  std::abort();
}

Bytes Encode(const LaneRow& row) {
  return Encoder().U32(row.job).U32(row.host).U8(row.in_scope ? 1 : 0).Take();
}

Result<LaneRow> DecodeLaneRow(ByteView bytes) {
  Decoder in(bytes);
  LaneRow row;
  row.job = in.U32();
  row.host = in.U32();
  row.in_scope = in.U8() != 0;
  RETURN_IF_ERROR(in.Finish("a lane's row in the frontier"));
  return row;
}

void Put(Encoder& out, const LaneRun& run) {
  out.U32(run.run);
  PutCount(out, run.pages).U64(run.bytes).U8(run.begun ? 1 : 0).I64(Number(run.begun.value_or(Moment())));
}

LaneRun TakeLaneRun(Decoder& in) {
  LaneRun run{.run = in.U32(), .pages = in.U32(), .bytes = in.U64(), .begun = {}};
  const bool has_begun = in.U8() != 0;
  const Moment begun = TakeMoment(in);
  if (has_begun) run.begun = begun;
  return run;
}

Bytes Encode(const LaneState& state) {
  Encoder out;
  const Counts& counts = state.counts;
  for (const std::uint64_t count :
       {counts.waiting, counts.leased, counts.done, counts.failed, counts.excluded})
    PutCount(out, count);
  out.U32(state.end).U32(state.fresh);
  PutCount(out, state.queued);
  PutCount(out, state.faults);
  Put(out, state.run);
  out.U32(state.joined_at).U32(state.names).U8(state.name_bits);
  PutExcluded(out, state.excluded);
  return out.Take();
}

Result<LaneState> DecodeLaneState(ByteView bytes) {
  Decoder in(bytes);
  LaneState state;
  Counts& counts = state.counts;
  for (std::uint64_t* count :
       {&counts.waiting, &counts.leased, &counts.done, &counts.failed, &counts.excluded})
    *count = in.U32();
  state.end = in.U32();
  state.fresh = in.U32();
  state.queued = in.U32();
  state.faults = in.U32();
  state.run = TakeLaneRun(in);
  state.joined_at = in.U32();
  state.names = in.U32();
  state.name_bits = in.U8();
  const bool known = TakeExcluded(in, state.excluded);
  if (!known) return Fail(Code::kCorrupt, "a lane in the frontier counts an unknown reason");
  RETURN_IF_ERROR(in.Finish("a lane's state in the frontier"));
  if (state.name_bits > 26) return Fail(Code::kCorrupt, "a lane in the frontier has too many buckets");
  if (state.fresh > state.end) return Fail(Code::kCorrupt, "a lane in the frontier is past its end");
  return state;
}

Bytes Encode(const HostRow& row) {
  return Encoder().I64(Number(row.touched)).U32(row.gap_ms).U32(std::bit_cast<std::uint32_t>(row.u)).Take();
}

Result<HostRow> DecodeHostRow(ByteView bytes) {
  Decoder in(bytes);
  HostRow row;
  row.touched = TakeMoment(in);
  row.gap_ms = in.U32();
  row.u = std::bit_cast<float>(in.U32());
  RETURN_IF_ERROR(in.Finish("a host's row in the frontier"));
  if (!(row.u >= 0 && row.u <= 1)) return Fail(Code::kCorrupt, "a host in the frontier has no jitter");
  return row;
}

Bytes Encode(const JobRow& row) {
  Encoder out;
  out.U32(row.number).U32(row.run).I64(Number(row.run_started)).U64(row.exchanges).U64(row.bytes);
  out.U64(row.outside).U64(row.recorded).U64(row.joined).Hash(row.hosts);
  const Counts& counts = row.counts;
  out.U64(counts.waiting).U64(counts.leased).U64(counts.done).U64(counts.failed).U64(counts.excluded);
  PutExcluded(out, row.excluded);
  return out.Take();
}

Result<JobRow> DecodeJobRow(ByteView bytes) {
  Decoder in(bytes);
  JobRow row;
  row.number = in.U32();
  row.run = in.U32();
  row.run_started = TakeMoment(in);
  row.exchanges = in.U64();
  row.bytes = in.U64();
  row.outside = in.U64();
  row.recorded = in.U64();
  row.joined = in.U64();
  row.hosts = in.Hash();
  Counts& counts = row.counts;
  for (std::uint64_t* count :
       {&counts.waiting, &counts.leased, &counts.done, &counts.failed, &counts.excluded})
    *count = in.U64();
  const bool known = TakeExcluded(in, row.excluded);
  if (!known) return Fail(Code::kCorrupt, "a job in the frontier counts an unknown reason");
  RETURN_IF_ERROR(in.Finish("a job's row in the frontier"));
  return row;
}

Bytes Encode(const HoldRow& row) { return Encoder().I64(Number(row.since)).Str(row.reason).Take(); }

Result<HoldRow> DecodeHoldRow(ByteView bytes) {
  Decoder in(bytes);
  HoldRow row;
  row.since = TakeMoment(in);
  row.reason = in.Str();
  RETURN_IF_ERROR(in.Finish("a held lane in the frontier"));
  return row;
}

Bytes Encode(const HostRuleRow& row) {
  return Encoder().U8(row.blocked ? 1 : 0).U64(row.min_delay_ms).Take();
}

Result<HostRuleRow> DecodeHostRuleRow(ByteView bytes) {
  Decoder in(bytes);
  HostRuleRow row;
  row.blocked = in.U8() != 0;
  row.min_delay_ms = in.U64();
  RETURN_IF_ERROR(in.Finish("a host's rule in the frontier"));
  return row;
}

Bytes Encode(const DiscoveredRow& row) {
  return Encoder().U8(row.joined ? 1 : 0).I64(Number(row.first_seen)).U64(row.count).Str(row.via).Take();
}

Result<DiscoveredRow> DecodeDiscoveredRow(ByteView bytes) {
  Decoder in(bytes);
  DiscoveredRow row;
  row.joined = in.U8() != 0;
  row.first_seen = TakeMoment(in);
  row.count = in.U64();
  row.via = in.Str();
  RETURN_IF_ERROR(in.Finish("a discovered host in the frontier"));
  return row;
}

Bytes Encode(const TimeMark& mark) {
  return Encoder().I64(Number(mark.at)).I64(mark.mono.time_since_epoch().count()).Str(mark.boot_id).Take();
}

Result<TimeMark> DecodeTimeMark(ByteView bytes) {
  Decoder in(bytes);
  TimeMark mark;
  mark.at = TakeMoment(in);
  mark.mono = MonoTime(Micros(in.I64()));
  mark.boot_id = in.Str();
  RETURN_IF_ERROR(in.Finish("the frontier's time mark"));
  return mark;
}

}  // namespace nightjar::frontier
