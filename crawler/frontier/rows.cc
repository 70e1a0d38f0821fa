// SPDX-License-Identifier: Apache-2.0
#include "crawler/frontier/rows.h"

#include <algorithm>
#include <bit>
#include <cstdlib>

#include "base/codec.h"
#include "base/digest.h"

namespace nightjar::frontier {
namespace {

std::int64_t Number(Moment moment) { return moment.time_since_epoch().count(); }
Moment MomentOf(std::int64_t number) { return Moment(Micros(number)); }

ByteView View(const UrlHash& hash) { return {hash.data(), hash.size()}; }

Encoder& Put(Encoder& out, const UrlHash& hash) { return out.Str(View(hash)); }

UrlHash TakeHash(Decoder& in) {
  UrlHash hash{};
  const std::string_view bytes = in.View(hash.size());
  std::copy_n(bytes.begin(), std::min(bytes.size(), hash.size()), hash.begin());
  return hash;
}

std::uint32_t FromNumberKey(ByteView key) {
  std::uint32_t number = 0;
  for (const char c : key) number = number << 8 | static_cast<unsigned char>(c);
  return number;
}

}  // namespace

store::Options StoreOptions(const std::string& folder, bool read_only) {
  store::Options options;
  options.folder = folder;
  options.tables = {"meta",  "jobs", "host_numbers", "hosts", "lane_numbers",
                    "lanes", "urls", "queue",        "leases"};
  options.read_only = read_only;
  return options;
}

UrlHash HashUrl(std::string_view url) {
  UrlHash hash{};
  const Digest digest = Sha256(url);
  std::ranges::copy(digest.View().substr(0, hash.size()), hash.begin());
  return hash;
}

Bytes NumberKey(std::uint32_t number) { return BigEndianKey(number).substr(4); }

Bytes UrlKey(JobNumber job, const UrlHash& hash) { return NumberKey(job).append(View(hash)); }

Bytes LaneKey(JobNumber job, HostNumber host) { return NumberKey(job) + NumberKey(host); }

Bytes QueueKey(LaneNumber lane, Moment due, const UrlHash& hash) {
  const auto number = static_cast<std::uint64_t>(std::max<std::int64_t>(0, Number(due)));
  return NumberKey(lane).append(BigEndianKey(number)).append(View(hash));
}

Result<QueuePlace> ReadQueueKey(ByteView key) {
  QueuePlace place;
  if (key.size() != 4 + 8 + place.hash.size()) return Fail(Code::kCorrupt, "a queue key of a wrong length");
  place.lane = FromNumberKey(key.substr(0, 4));
  place.due = MomentOf(static_cast<std::int64_t>(FromBigEndianKey(key.substr(4, 8))));
  std::ranges::copy(key.substr(12), place.hash.begin());
  return place;
}

Bytes Encode(const UrlRow& row) {
  Encoder out;
  out.U8(static_cast<std::uint8_t>(row.state)).U8(row.why).U8(row.tries).U32(row.lane).U32(row.depth);
  out.I64(Number(row.when));
  return Put(out, row.via).Str(row.url).Take();
}

Result<UrlRow> DecodeUrlRow(ByteView bytes) {
  Decoder in(bytes);
  UrlRow row;
  const std::uint8_t state = in.U8();
  row.why = in.U8();
  row.tries = in.U8();
  row.lane = in.U32();
  row.depth = in.U32();
  row.when = MomentOf(in.I64());
  row.via = TakeHash(in);
  row.url = in.Str();
  RETURN_IF_ERROR(in.Finish("a URL's row in the frontier"));
  if (state > static_cast<std::uint8_t>(UrlState::kExcluded))
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
  Encoder out;
  out.U32(row.job).U32(row.host).Str(row.host_name);
  out.U64(row.counts.waiting).U64(row.counts.leased).U64(row.counts.done);
  return out.U64(row.counts.failed).U64(row.counts.excluded).Take();
}

Result<LaneRow> DecodeLaneRow(ByteView bytes) {
  Decoder in(bytes);
  LaneRow row;
  row.job = in.U32();
  row.host = in.U32();
  row.host_name = in.Str();
  row.counts.waiting = in.U64();
  row.counts.leased = in.U64();
  row.counts.done = in.U64();
  row.counts.failed = in.U64();
  row.counts.excluded = in.U64();
  RETURN_IF_ERROR(in.Finish("a lane's row in the frontier"));
  return row;
}

Bytes Encode(const HostRow& row) {
  return Encoder().I64(Number(row.touched)).U32(row.gap_ms).U32(std::bit_cast<std::uint32_t>(row.u)).Take();
}

Result<HostRow> DecodeHostRow(ByteView bytes) {
  Decoder in(bytes);
  HostRow row;
  row.touched = MomentOf(in.I64());
  row.gap_ms = in.U32();
  row.u = std::bit_cast<float>(in.U32());
  RETURN_IF_ERROR(in.Finish("a host's row in the frontier"));
  return row;
}

Bytes Encode(const JobRow& row) {
  Encoder out;
  out.U32(row.number).U64(row.exchanges).U64(row.outside).U32(kExclusions);
  for (const std::uint64_t count : row.excluded) out.U64(count);
  return out.Take();
}

Result<JobRow> DecodeJobRow(ByteView bytes) {
  Decoder in(bytes);
  JobRow row;
  row.number = in.U32();
  row.exchanges = in.U64();
  row.outside = in.U64();
  // An older frontier knows fewer reasons; a newer one is not ours to read.
  const std::uint32_t reasons = in.Count(kExclusions, sizeof(std::uint64_t));
  for (std::uint32_t i = 0; i < reasons; ++i) row.excluded.at(i) = in.U64();
  RETURN_IF_ERROR(in.Finish("a job's row in the frontier"));
  return row;
}

Bytes Encode(const TimeMark& mark) {
  return Encoder().I64(Number(mark.at)).I64(mark.mono.time_since_epoch().count()).Str(mark.boot_id).Take();
}

Result<TimeMark> DecodeTimeMark(ByteView bytes) {
  Decoder in(bytes);
  TimeMark mark;
  mark.at = MomentOf(in.I64());
  mark.mono = MonoTime(Micros(in.I64()));
  mark.boot_id = in.Str();
  RETURN_IF_ERROR(in.Finish("the frontier's time mark"));
  return mark;
}

}  // namespace nightjar::frontier
