// SPDX-License-Identifier: Apache-2.0
// A host's observations, run-length, and what follows from them. README.md explains the causes.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"

namespace nightjar::availability {

// What an exchange says of its host. Stored: append only.
enum class Cause : std::uint8_t {
  kAnswered,
  kTorNotReady,
  kDescriptor,
  kIntroduction,
  kRendezvous,
  kClientAuth,
  kRefused,
  kTimedOut,
  kDisconnected,
  kServerError,
  kWall,
};
inline constexpr std::uint8_t kCauses = 11;
[[nodiscard]] std::string_view CauseName(Cause cause);  // "answered", "timed-out", ...

// Observations of one cause, with no other between them.
struct Span {
  Cause cause = Cause::kAnswered;
  UtcTime first;
  UtcTime last;
  std::uint64_t count = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

struct Timeline {
  std::vector<Span> spans;      // in time
  std::uint64_t forgotten = 0;  // spans before the first that are not kept any more

  static constexpr std::size_t kMostSpans = 256;
  // Joined with the last one where the cause is the same. Walls take the place of the answers that they
  // are: a page is an answer first, and known for a wall when it was read.
  void Add(const Span& span);
  friend bool operator==(const Timeline&, const Timeline&) = default;
};

// When a host counts as down.
struct DownRule {
  std::uint32_t tries = 3;
  std::chrono::hours over{24};
};

enum class Verdict : std::uint8_t {
  kUnknown,   // nothing but trouble of our own was ever seen
  kUp,        // the last thing seen of the host was an answer
  kTroubled,  // it does not answer; not long or often enough, or not in the way, to be down
  kDown,
};
[[nodiscard]] std::string_view VerdictName(Verdict verdict);

struct Judgement {
  Verdict verdict = Verdict::kUnknown;
  Cause cause = Cause::kAnswered;  // the latest that speaks of the host or the way to it
  UtcTime since;                   // first observation of the present verdict
  std::uint64_t tries = 0;         // observations since then that speak for it
};
[[nodiscard]] Judgement Judge(const Timeline& timeline, const DownRule& rule);

[[nodiscard]] Bytes Encode(const Timeline& timeline);
[[nodiscard]] Result<Timeline> DecodeTimeline(ByteView row);  // kCorrupt

}  // namespace nightjar::availability
