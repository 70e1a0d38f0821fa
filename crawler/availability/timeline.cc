// SPDX-License-Identifier: Apache-2.0
#include "crawler/availability/timeline.h"

#include <algorithm>
#include <array>

#include "base/codec.h"

namespace nightjar::availability {
namespace {

constexpr std::uint8_t kFormat = 1;
constexpr std::size_t kSpanSize = 1 + 3 * sizeof(std::uint64_t);

constexpr std::array<std::string_view, kCauses> kCauseNames = {
    "answered", "tor-not-ready", "descriptor",   "introduction", "rendezvous", "client-auth",
    "refused",  "timed-out",     "disconnected", "server-error", "wall"};

// The service itself was there, or Tor says that it is.
bool Reached(Cause cause) {
  return cause == Cause::kAnswered || cause == Cause::kServerError || cause == Cause::kWall ||
         cause == Cause::kRefused || cause == Cause::kClientAuth;
}

bool SpeaksOfDown(Cause cause) { return cause == Cause::kDescriptor || cause == Cause::kIntroduction; }

}  // namespace

std::string_view CauseName(Cause cause) { return kCauseNames.at(static_cast<std::size_t>(cause)); }

std::string_view VerdictName(Verdict verdict) {
  switch (verdict) {
    case Verdict::kUnknown:
      return "unknown";
    case Verdict::kUp:
      return "up";
    case Verdict::kTroubled:
      return "troubled";
    case Verdict::kDown:
      return "down";
  }
  return "unknown";
}

void Timeline::Add(const Span& span) {
  if (!spans.empty() && span.cause == Cause::kWall && spans.back().cause == Cause::kAnswered) {
    spans.back().count -= std::min(spans.back().count, span.count);
    if (spans.back().count == 0) spans.pop_back();
  }
  if (!spans.empty() && spans.back().cause == span.cause) {
    spans.back().last = std::max(spans.back().last, span.last);
    spans.back().count += span.count;
    return;
  }
  if (spans.size() == kMostSpans) {
    spans.erase(spans.begin());
    ++forgotten;
  }
  spans.push_back(span);
}

Judgement Judge(const Timeline& timeline, const DownRule& rule) {
  Judgement trouble;  // what was seen since the host was last reached
  Judgement down;
  UtcTime last_down;
  for (auto span = timeline.spans.rbegin(); span != timeline.spans.rend(); ++span) {
    if (span->cause == Cause::kTorNotReady) continue;
    if (Reached(span->cause)) {
      const Verdict verdict = span->cause == Cause::kAnswered ? Verdict::kUp : Verdict::kTroubled;
      if (trouble.tries == 0) return {verdict, span->cause, span->first, span->count};
      break;
    }
    if (trouble.tries == 0) trouble.cause = span->cause;
    trouble.verdict = Verdict::kTroubled;
    trouble.since = span->first;
    trouble.tries += span->count;
    if (!SpeaksOfDown(span->cause)) continue;
    if (down.tries == 0) {
      down.cause = span->cause;
      last_down = span->last;
    }
    down.since = span->first;
    down.tries += span->count;
  }
  if (down.tries < rule.tries || down.tries == 0 || last_down - down.since < rule.over) return trouble;
  down.verdict = Verdict::kDown;
  return down;
}

Bytes Encode(const Timeline& timeline) {
  Encoder row;
  row.U8(kFormat).U64(timeline.forgotten).U32(static_cast<std::uint32_t>(timeline.spans.size()));
  for (const Span& span : timeline.spans)
    row.U8(static_cast<std::uint8_t>(span.cause))
        .I64(UnixMicros(span.first))
        .I64(UnixMicros(span.last))
        .U64(span.count);
  return row.Take();
}

Result<Timeline> DecodeTimeline(ByteView bytes) {
  Decoder row(bytes);
  if (row.U8() != kFormat)
    return Fail(Code::kCorrupt, "a host's timeline is stored in a format this version cannot read");
  Timeline timeline;
  timeline.forgotten = row.U64();
  timeline.spans.resize(row.Count(Timeline::kMostSpans, kSpanSize));
  bool known = true;
  for (Span& span : timeline.spans) {
    const std::uint8_t cause = row.U8();
    known = known && cause < kCauses;
    span.cause = static_cast<Cause>(cause < kCauses ? cause : 0);
    span.first = FromUnixMicros(row.I64());
    span.last = FromUnixMicros(row.I64());
    span.count = row.U64();
  }
  RETURN_IF_ERROR(row.Finish("a host's timeline"));
  if (!known) return Fail(Code::kCorrupt, "a host's timeline holds an unknown cause");
  return timeline;
}

}  // namespace nightjar::availability
