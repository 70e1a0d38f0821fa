// SPDX-License-Identifier: Apache-2.0
#include "indexer/hunt/hunt_rows.h"

#include <array>

#include "base/codec.h"

namespace nightjar::hunt {
namespace {

constexpr std::uint8_t kFormat = 1;
constexpr std::array<std::string_view, 4> kStates{"waiting", "stopped", "done", "full"};
constexpr std::array<std::string_view, 4> kParts{"title", "text", "hidden", "body"};

}  // namespace

std::string_view HuntStateName(HuntState state) { return kStates.at(static_cast<std::size_t>(state)); }
std::string_view PartName(Part part) { return kParts.at(static_cast<std::size_t>(part)); }

Bytes Encode(const Hunt& hunt) {
  Encoder out;
  out.U8(kFormat).Str(hunt.name).Str(hunt.owner).U32(static_cast<std::uint32_t>(hunt.patterns.size()));
  for (const std::string& pattern : hunt.patterns) out.Str(pattern);
  out.Str(hunt.case_id).Str(hunt.host).I64(UnixMicros(hunt.since)).I64(UnixMicros(hunt.until));
  out.U8(hunt.bodies ? 1 : 0).I64(UnixMicros(hunt.created)).U8(static_cast<std::uint8_t>(hunt.state));
  out.U64(hunt.next).U64(hunt.end).U64(hunt.looked_at).U64(hunt.matches);
  return out.Take();
}

Result<Hunt> DecodeHunt(std::uint64_t id, ByteView row) {
  Decoder in(row);
  if (in.U8() != kFormat) return Fail(Code::kCorrupt, "a hunt has an unknown format");
  Hunt hunt{.id = id};
  hunt.name = in.Str();
  hunt.owner = in.Str();
  const std::uint32_t patterns = in.Count(kMostPatterns, sizeof(std::uint32_t));
  for (std::uint32_t i = 0; i < patterns; ++i) hunt.patterns.push_back(in.Str(kMostPattern));
  hunt.case_id = in.Str();
  hunt.host = in.Str();
  hunt.since = FromUnixMicros(in.I64());
  hunt.until = FromUnixMicros(in.I64());
  hunt.bodies = in.U8() != 0;
  hunt.created = FromUnixMicros(in.I64());
  const std::uint8_t state = in.U8();
  if (state >= kStates.size()) return Fail(Code::kCorrupt, "a hunt is in no known state");
  hunt.state = static_cast<HuntState>(state);
  hunt.next = in.U64();
  hunt.end = in.U64();
  hunt.looked_at = in.U64();
  hunt.matches = in.U64();
  RETURN_IF_ERROR(in.Finish("a hunt"));
  return hunt;
}

Bytes Encode(const Match& match) {
  return Encoder()
      .U8(kFormat)
      .U32(match.pattern)
      .U8(static_cast<std::uint8_t>(match.part))
      .U64(match.begin)
      .U64(match.end)
      .Str(match.snippet)
      .Str(match.url)
      .Take();
}

Result<Match> DecodeMatch(CaptureNumber capture, ByteView row) {
  Decoder in(row);
  if (in.U8() != kFormat) return Fail(Code::kCorrupt, "a match has an unknown format");
  Match match{.capture = capture};
  match.pattern = in.U32();
  const std::uint8_t part = in.U8();
  if (part >= kParts.size()) return Fail(Code::kCorrupt, "a match lies in no known part");
  match.part = static_cast<Part>(part);
  match.begin = in.U64();
  match.end = in.U64();
  match.snippet = in.Str();
  match.url = in.Str();
  RETURN_IF_ERROR(in.Finish("a match"));
  return match;
}

}  // namespace nightjar::hunt
