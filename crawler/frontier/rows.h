// SPDX-License-Identifier: Apache-2.0
// The frontier's rows, base/codec.h all of them. They come from our own disk: one that does not decode is
// kCorrupt and ends the crawl, and the frontier is rebuilt from the archive. Nothing depends on who wrote a
// row, so `Decode...` is also the fuzz target.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "base/digest.h"
#include "crawler/frontier/keys.h"
#include "crawler/frontier/recrawl.h"
#include "crawler/scope/exclusion.h"

namespace nightjar::frontier {

// What was said when the URL was found; written once, but for `passed_over` and a shorter way to it.
struct UrlRow {
  bool passed_over = false;  // its turn among the fresh ones is not to come: it was dropped or restored
  std::uint32_t depth = 0;
  Moment found = {};
  UrlPlace via = {};  // the page that linked here; `has_via` false for a seed
  bool has_via = false;
  std::string url;  // without "http://<host>" where it begins so (CutOrigin)
};
[[nodiscard]] Bytes Encode(const UrlRow& row);
[[nodiscard]] Result<UrlRow> DecodeUrlRow(ByteView bytes);

// Almost every URL begins like all others of its lane; what is said once need not be stored a million times.
[[nodiscard]] std::string CutOrigin(std::string_view url, std::string_view host_name);
[[nodiscard]] std::string WholeUrl(std::string_view cut, std::string_view host_name);

// Whether a name is known at a lane, and where.
struct KnownRow {
  scope::Exclusion excluded = scope::Exclusion::kNone;  // then it has no URL row
  std::uint32_t depth = 0;                              // at which it was found
  Seq seq = 0;
};

enum class UrlState : std::uint8_t { kWaiting, kLeased, kDone, kFailed, kExcluded };
[[nodiscard]] std::string_view UrlStateName(UrlState state);  // "waiting", ...

// What differs from the plain life of a URL, "fetched once, well": so most URLs never have one.
struct VisitRow {
  UrlState state = UrlState::kDone;   // never kLeased: that is in memory and in kLeases
  std::uint8_t why = 0;               // the Exclusion, or the Cause of the last failure
  std::uint8_t tries = 0;             // since it was last done
  std::uint64_t queued = kNotQueued;  // its entry in kQueue
  History history = {};
};
[[nodiscard]] Bytes Encode(const VisitRow& row);
[[nodiscard]] Result<VisitRow> DecodeVisitRow(ByteView bytes);

// How many URLs are in which state.
struct Counts {
  std::uint64_t waiting = 0;
  std::uint64_t leased = 0;
  std::uint64_t done = 0;
  std::uint64_t failed = 0;
  std::uint64_t excluded = 0;
  friend bool operator==(const Counts&, const Counts&) = default;
  Counts& operator+=(const Counts& other);
  [[nodiscard]] std::uint64_t& Of(UrlState state);
};

using ExclusionCounts = std::array<std::uint64_t, scope::kExclusions>;  // by Exclusion

// What a lane is, written once.
struct LaneRow {
  JobNumber job = 0;
  HostNumber host = 0;
  bool in_scope = true;  // the job still names the host
};
[[nodiscard]] Bytes Encode(const LaneRow& row);
[[nodiscard]] Result<LaneRow> DecodeLaneRow(ByteView bytes);

// What a lane is at. Small, for a tick rewrites it for each lane it touches.
// How far a lane is in one run of its job.
struct LaneRun {
  std::uint32_t run = 0;
  std::uint64_t pages = 0;           // requests made in it
  std::uint64_t bytes = 0;           // received in it
  std::optional<Moment> begun = {};  // the first of them was leased
};

struct LaneState {
  Counts counts = {};
  Seq end = 0;               // one past the last URL found
  Seq fresh = 0;             // URLs from here on were never leased, but for those passed over
  std::uint64_t queued = 0;  // entries in kQueue
  std::uint64_t faults = 0;  // those of them in the fault band
  LaneRun run = {};
  // A discovered host: one more than the depth at which the job first met it. 0 for a host the job names.
  std::uint32_t joined_at = 0;
  std::uint32_t names = 0;     // known at the lane, left out ones too
  std::uint8_t name_bits = 0;  // they lie in 2^name_bits buckets
  ExclusionCounts excluded{};
};
[[nodiscard]] Bytes Encode(const LaneState& state);
[[nodiscard]] Result<LaneState> DecodeLaneState(ByteView bytes);

// What politeness must remember of a host over restarts.
struct HostRow {
  Moment touched;            // the last request began or ended
  std::uint32_t gap_ms = 0;  // the least wait after it that its job or the host itself asked for
  float u = 0;               // the jitter drawn for it, [0, 1)
  friend bool operator==(const HostRow&, const HostRow&) = default;
};
[[nodiscard]] Bytes Encode(const HostRow& row);
[[nodiscard]] Result<HostRow> DecodeHostRow(ByteView bytes);

struct JobRow {
  JobNumber number = 0;
  std::uint32_t run = 0;
  Moment run_started;
  std::uint64_t exchanges = 0;  // of the run: requests made, failures included
  std::uint64_t bytes = 0;      // of the run
  std::uint64_t outside = 0;    // links seen that lead out of the job's hosts (each time counted)
  std::uint64_t recorded = 0;   // discovered hosts that are kept
  std::uint64_t joined = 0;     // those of them that are crawled
  Digest hosts;                 // of the scope in kScope; zero before the first
  Counts counts;                // over all its lanes
  ExclusionCounts excluded{};   // over all its lanes
};
[[nodiscard]] Bytes Encode(const JobRow& row);
[[nodiscard]] Result<JobRow> DecodeJobRow(ByteView bytes);

struct HoldRow {
  Moment since;
  std::string reason;
};
[[nodiscard]] Bytes Encode(const HoldRow& row);
[[nodiscard]] Result<HoldRow> DecodeHoldRow(ByteView bytes);

struct HostRuleRow {
  bool blocked = false;
  std::uint64_t min_delay_ms = 0;
};
[[nodiscard]] Bytes Encode(const HostRuleRow& row);
[[nodiscard]] Result<HostRuleRow> DecodeHostRuleRow(ByteView bytes);

struct DiscoveredRow {
  bool joined = false;
  Moment first_seen;
  std::uint64_t count = 0;
  std::string via;
};
[[nodiscard]] Bytes Encode(const DiscoveredRow& row);
[[nodiscard]] Result<DiscoveredRow> DecodeDiscoveredRow(ByteView bytes);

[[nodiscard]] Bytes Encode(const TimeMark& mark);
[[nodiscard]] Result<TimeMark> DecodeTimeMark(ByteView bytes);

}  // namespace nightjar::frontier
