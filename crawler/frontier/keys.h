// SPDX-License-Identifier: Apache-2.0
// The frontier's tables and keys (README.md has the table of tables). Integers in keys are big endian, so
// byte order is number order, and the rows of a lane lie together: that is what makes a tick write few pages.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "archive/store/store.h"
#include "base/bytes.h"
#include "base/result.h"
#include "crawler/frontier/timeline.h"

namespace nightjar::frontier {

inline constexpr store::Table kMeta{0};
inline constexpr store::Table kJobs{1};
inline constexpr store::Table kScope{2};
inline constexpr store::Table kDiscovered{3};
inline constexpr store::Table kHostNumbers{4};
inline constexpr store::Table kHostNames{5};
inline constexpr store::Table kHosts{6};
inline constexpr store::Table kHostRules{7};
inline constexpr store::Table kLaneNumbers{8};
inline constexpr store::Table kLanes{9};
inline constexpr store::Table kLaneStates{10};
inline constexpr store::Table kHolds{11};
inline constexpr store::Table kUrls{12};
inline constexpr store::Table kKnown{13};
inline constexpr store::Table kVisits{14};
inline constexpr store::Table kQueue{15};
inline constexpr store::Table kLeases{16};
inline constexpr store::Table kSeeds{17};
[[nodiscard]] store::Options StoreOptions(const std::string& folder, bool read_only);

inline constexpr std::string_view kMarkKey = "mark";      // in table meta: TimeMark
inline constexpr std::string_view kCursorKey = "cursor";  // in table meta: eight bytes, big endian

using JobNumber = std::uint32_t;
using HostNumber = std::uint32_t;
using LaneNumber = std::uint32_t;  // one job's queue at one host
using Seq = std::uint32_t;         // of a lane's URLs, in the order they were found

// Where a URL's row lies.
struct UrlPlace {
  LaneNumber lane = 0;
  Seq seq = 0;
  friend auto operator<=>(const UrlPlace&, const UrlPlace&) = default;
};

// The first eight bytes of SHA-256 over a URL's name, big endian: what is known at a lane. Of a million names
// two meet with probability 3e-8; whoever makes them meet hides a page of his own site, which he could do
// anyway.
using NameHash = std::uint64_t;
[[nodiscard]] NameHash HashName(std::string_view name);

// Keys of one, two or three integers and a tail, built without allocating.
class Key final {
 public:
  Key& U32(std::uint32_t value);
  Key& U64(std::uint64_t value);
  Key& Tail(std::string_view bytes);  // at most kMaxTail bytes
  [[nodiscard]] ByteView View() const { return {bytes_.data(), size_}; }
  operator ByteView() const { return View(); }  // NOLINT(google-explicit-constructor): a key is its bytes

 private:
  static constexpr std::size_t kMaxTail = 64;
  std::array<char, 16 + kMaxTail> bytes_{};
  std::size_t size_ = 0;
};

[[nodiscard]] inline Key NumberKey(std::uint32_t number) { return Key().U32(number); }
[[nodiscard]] inline Key PlaceKey(const UrlPlace& place) { return Key().U32(place.lane).U32(place.seq); }
[[nodiscard]] std::uint32_t ReadU32(ByteView bytes);  // of four bytes, big endian; 0 for any other length
[[nodiscard]] Result<UrlPlace> ReadPlaceKey(ByteView key);

// A lane's queue: its URLs that were asked before and wait, by due time; then those that wait for something
// else than time. Fresh URLs are not in it: they are simply the next in kUrls.
inline constexpr std::uint64_t kFaultBand = 1ULL << 62;  // + run: tried again first in a later run
inline constexpr std::uint64_t kFinalBand = kFaultBand + (1ULL << 33);  // tried again by RetryHost() only
inline constexpr std::uint64_t kNotQueued = UINT64_MAX;
[[nodiscard]] std::uint64_t QueueTime(Moment due);
[[nodiscard]] Moment MomentOf(std::uint64_t queue_time);
[[nodiscard]] inline Key QueueKey(LaneNumber lane, std::uint64_t time, Seq seq) {
  return Key().U32(lane).U64(time).U32(seq);
}
struct QueueEntry {
  UrlPlace place;
  std::uint64_t time = 0;
};
[[nodiscard]] Result<QueueEntry> ReadQueueKey(ByteView key);

}  // namespace nightjar::frontier
