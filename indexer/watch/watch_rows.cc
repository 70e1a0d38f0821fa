// SPDX-License-Identifier: Apache-2.0
#include "indexer/watch/watch_rows.h"

#include "base/codec.h"

namespace nightjar::watch {
namespace {

constexpr std::uint8_t kFormat = 1;
constexpr std::size_t kMostSinks = 16;

}  // namespace

Bytes Encode(const SavedSearch& search) {
  Encoder out;
  out.U8(kFormat).Str(search.name).Str(search.owner).Str(search.case_id).Str(search.text).U8(search.what);
  out.U32(static_cast<std::uint32_t>(search.sinks.size()));
  for (const std::string& sink : search.sinks) out.Str(sink);
  out.I64(UnixMicros(search.created)).U8(search.paused ? 1 : 0);
  return out.Take();
}

Result<SavedSearch> DecodeSearch(std::uint64_t id, ByteView row) {
  Decoder in(row);
  if (in.U8() != kFormat) return Fail(Code::kCorrupt, "a saved search has an unknown format");
  SavedSearch search{.id = id};
  search.name = in.Str();
  search.owner = in.Str();
  search.case_id = in.Str();
  search.text = in.Str();
  search.what = in.U8();
  const std::uint32_t sinks = in.Count(kMostSinks, sizeof(std::uint32_t));
  for (std::uint32_t i = 0; i < sinks; ++i) search.sinks.push_back(in.Str());
  search.created = FromUnixMicros(in.I64());
  search.paused = in.U8() != 0;
  RETURN_IF_ERROR(in.Finish("a saved search"));
  return search;
}

Bytes Encode(const Alert& alert) {
  Encoder out;
  out.U8(kFormat).Str(alert.key).U64(alert.search).Str(alert.name).Str(alert.owner).U8(alert.what);
  out.Str(alert.why).U64(alert.capture.value).Str(alert.item).Str(alert.case_id).Str(alert.url);
  out.Str(alert.title).I64(UnixMicros(alert.seen)).I64(UnixMicros(alert.when)).U8(alert.read ? 1 : 0);
  return out.Take();
}

Result<Alert> DecodeAlert(std::uint64_t number, ByteView row) {
  Decoder in(row);
  if (in.U8() != kFormat) return Fail(Code::kCorrupt, "an alert has an unknown format");
  Alert alert{.number = number};
  alert.key = in.Str();
  alert.search = in.U64();
  alert.name = in.Str();
  alert.owner = in.Str();
  const std::uint8_t what = in.U8();
  if (what != kNew && what != kChanged && what != kGone)
    return Fail(Code::kCorrupt, "an alert is about nothing known");
  alert.what = static_cast<What>(what);
  alert.why = in.Str();
  alert.capture = {in.U64()};
  alert.item = in.Str();
  alert.case_id = in.Str();
  alert.url = in.Str();
  alert.title = in.Str();
  alert.seen = FromUnixMicros(in.I64());
  alert.when = FromUnixMicros(in.I64());
  alert.read = in.U8() != 0;
  RETURN_IF_ERROR(in.Finish("an alert"));
  return alert;
}

}  // namespace nightjar::watch
