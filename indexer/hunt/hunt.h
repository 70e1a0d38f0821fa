// SPDX-License-Identifier: Apache-2.0
// A retro-hunt: regular expressions over everything that was ever captured, whatever the index knows of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace nightjar::hunt {

inline constexpr std::size_t kMostPatterns = 64;
inline constexpr std::size_t kMostPattern = 1000;         // bytes of one
inline constexpr std::size_t kMostInOnePart = 100;        // matches of one pattern in one part of a capture
inline constexpr std::uint64_t kMostMatches = 1'000'000;  // of a hunt; then it ends and says so

enum class HuntState : std::uint8_t {
  kWaiting,  // not run yet, or killed on its way: `hunt run` goes on
  kStopped,  // by a person: the same
  kDone,
  kFull,  // kMostMatches: narrow it
};
[[nodiscard]] std::string_view HuntStateName(HuntState state);  // "waiting", ...

struct Hunt {
  std::uint64_t id = 0;  // given by the store
  std::string name{};    // unique; rule of base/ids.h
  std::string owner{};
  std::vector<std::string> patterns{};  // RE2 syntax (https://github.com/google/re2/wiki/Syntax)
  std::string case_id{};                // need-to-know: this case only; empty: all
  std::string host{};                   // this host only; empty: all
  UtcTime since{};                      // captured in [since, until)
  UtcTime until = UtcTime::max();
  bool bodies = false;  // also look at bodies as they came, where they are not compressed
  UtcTime created{};

  HuntState state = HuntState::kWaiting;
  std::uint64_t next = 0;       // captures below were looked at ...
  std::uint64_t end = 0;        // ... of those below: what there was when the hunt began
  std::uint64_t looked_at = 0;  // captures that passed the filters
  std::uint64_t matches = 0;
  friend bool operator==(const Hunt&, const Hunt&) = default;
};

// What of a capture a match lies in.
enum class Part : std::uint8_t { kTitle, kText, kHidden, kBody };
[[nodiscard]] std::string_view PartName(Part part);  // "title", "text", "hidden", "body"

struct Match {
  CaptureNumber capture{};
  std::uint32_t pattern = 0;  // place among the hunt's
  Part part = Part::kText;
  std::uint64_t begin = 0;  // bytes of the part
  std::uint64_t end = 0;
  std::string snippet{};  // valid UTF-8, a line
  std::string url{};
  friend bool operator==(const Match&, const Match&) = default;
};

}  // namespace nightjar::hunt
