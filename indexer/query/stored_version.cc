// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/stored_version.h"

#include <algorithm>

#include "base/codec.h"

namespace nightjar::query {
namespace {

constexpr std::uint8_t kFormat = 1;

// Captures of one version are few and far apart: first number, then differences, in LEB128 (one to three
// bytes each, where a plain number takes eight).
Bytes PackNumbers(const std::vector<CaptureNumber>& numbers) {
  Bytes packed;
  std::uint64_t previous = 0;
  for (const CaptureNumber& number : numbers) {
    std::uint64_t rest = number.value - previous;
    for (; rest >= 0x80; rest >>= 7) packed.push_back(static_cast<char>(rest | 0x80));
    packed.push_back(static_cast<char>(rest));
    previous = number.value;
  }
  return packed;
}

std::vector<CaptureNumber> UnpackNumbers(ByteView packed) {
  std::vector<CaptureNumber> numbers;
  std::uint64_t number = 0;
  std::uint64_t difference = 0;
  unsigned shift = 0;
  for (const char c : packed) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (shift < 64) difference |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    shift += 7;
    if ((byte & 0x80) != 0) continue;
    number += difference;
    numbers.push_back({number});
    difference = 0;
    shift = 0;
  }
  return numbers;
}

}  // namespace

bool StoredVersion::Observe(CaptureNumber number, UtcTime when) {
  const auto place = std::ranges::lower_bound(captures, number);
  if (place != captures.end() && *place == number) return false;
  first_seen = captures.empty() ? when : std::min(first_seen, when);
  last_seen = captures.empty() ? when : std::max(last_seen, when);
  captures.insert(place, number);
  return true;
}

Bytes Encode(const StoredVersion& version) {
  Encoder out;
  out.U8(kFormat).Str(version.url).Str(version.host).Str(version.case_id).Str(version.title);
  out.Str(version.kind).Str(version.page_class);
  out.I64(UnixMicros(version.first_seen)).I64(UnixMicros(version.last_seen));
  out.Str(PackNumbers(version.captures));
  out.U32(static_cast<std::uint32_t>(version.fields.size()));
  for (const wire::Field& field : version.fields) {
    out.Str(field.name).Str(field.value).Str(field.unit).Str(field.raw);
    out.U32(field.span.begin).U32(field.span.end).U8(field.confidence);
  }
  return out.Take();
}

Result<StoredVersion> DecodeStoredVersion(ByteView bytes) {
  Decoder in(bytes);
  if (in.U8() != kFormat)
    return Fail(Code::kCorrupt, "a document of the index has another format: rebuild the index");
  StoredVersion version;
  version.url = in.Str();
  version.host = in.Str();
  version.case_id = in.Str();
  version.title = in.Str();
  version.kind = in.Str();
  version.page_class = in.Str();
  version.first_seen = FromUnixMicros(in.I64());
  version.last_seen = FromUnixMicros(in.I64());
  version.captures = UnpackNumbers(in.View());
  const std::uint32_t count = in.Count(kMaxStoredFields, 25);
  for (std::uint32_t i = 0; i < count; ++i) {
    wire::Field& field = version.fields.emplace_back();
    field.name = in.Str();
    field.value = in.Str();
    field.unit = in.Str();
    field.raw = in.Str();
    field.span = {in.U32(), in.U32()};
    field.confidence = in.U8();
  }
  RETURN_IF_ERROR(in.Finish("a document of the index"));
  if (version.captures.empty()) return Fail(Code::kCorrupt, "a document of the index names no capture");
  return version;
}

}  // namespace nightjar::query
