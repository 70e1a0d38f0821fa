// SPDX-License-Identifier: Apache-2.0
// The frontier's tables, their keys and rows (README.md has the table of tables). Integers in keys are big
// endian, so byte order is number order; rows are base/codec.h. Rows come from our own disk: one that does
// not decode is kCorrupt and ends the crawl, and the frontier is rebuilt from the archive.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "archive/store/store.h"
#include "base/bytes.h"
#include "base/result.h"
#include "crawler/frontier/limits.h"
#include "crawler/frontier/timeline.h"

namespace nightjar::frontier {

inline constexpr store::Table kMeta{0};
inline constexpr store::Table kJobs{1};
inline constexpr store::Table kHostNumbers{2};
inline constexpr store::Table kHosts{3};
inline constexpr store::Table kLaneNumbers{4};
inline constexpr store::Table kLanes{5};
inline constexpr store::Table kUrls{6};
inline constexpr store::Table kQueue{7};
inline constexpr store::Table kLeases{8};
[[nodiscard]] store::Options StoreOptions(const std::string& folder, bool read_only);

using JobNumber = std::uint32_t;
using HostNumber = std::uint32_t;
using LaneNumber = std::uint32_t;  // one job's queue at one host

// The first 16 bytes of SHA-256 over the normalised URL without fragment.
using UrlHash = std::array<char, 16>;
[[nodiscard]] UrlHash HashUrl(std::string_view url);

[[nodiscard]] Bytes NumberKey(std::uint32_t number);
[[nodiscard]] Bytes UrlKey(JobNumber job, const UrlHash& hash);
[[nodiscard]] Bytes LaneKey(JobNumber job, HostNumber host);
[[nodiscard]] Bytes QueueKey(LaneNumber lane, Moment due, const UrlHash& hash);

struct QueuePlace {
  LaneNumber lane = 0;
  Moment due;
  UrlHash hash{};
};
[[nodiscard]] Result<QueuePlace> ReadQueueKey(ByteView key);

enum class UrlState : std::uint8_t { kWaiting, kLeased, kDone, kFailed, kExcluded };

struct UrlRow {
  UrlState state = UrlState::kWaiting;
  std::uint8_t why = 0;  // the Exclusion, or the Cause of the last failure
  std::uint8_t tries = 0;
  LaneNumber lane = 0;
  std::uint32_t depth = 0;
  Moment when;    // due, lease's end, or the moment of the last change, as the state has it
  UrlHash via{};  // the page that linked here, a URL of the same job; zero for a seed
  std::string url;
};
[[nodiscard]] Bytes Encode(const UrlRow& row);
[[nodiscard]] Result<UrlRow> DecodeUrlRow(ByteView bytes);

// How many of a lane's URLs are in which state.
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

struct LaneRow {
  JobNumber job = 0;
  HostNumber host = 0;
  std::string host_name;
  Counts counts;
};
[[nodiscard]] Bytes Encode(const LaneRow& row);
[[nodiscard]] Result<LaneRow> DecodeLaneRow(ByteView bytes);

// What politeness must remember of a host over restarts.
struct HostRow {
  Moment touched;            // the last request began or ended
  std::uint32_t gap_ms = 0;  // the least wait after it that its job asked for
  float u = 0;               // the jitter drawn for it, [0, 1)
};
[[nodiscard]] Bytes Encode(const HostRow& row);
[[nodiscard]] Result<HostRow> DecodeHostRow(ByteView bytes);

struct JobRow {
  JobNumber number = 0;
  std::uint64_t exchanges = 0;  // against the page budget: requests made, failures included
  std::uint64_t outside = 0;    // links seen that lead out of the job's hosts (each time counted)
  std::array<std::uint64_t, kExclusions> excluded{};
};
[[nodiscard]] Bytes Encode(const JobRow& row);
[[nodiscard]] Result<JobRow> DecodeJobRow(ByteView bytes);

[[nodiscard]] Bytes Encode(const TimeMark& mark);
[[nodiscard]] Result<TimeMark> DecodeTimeMark(ByteView bytes);

}  // namespace nightjar::frontier
