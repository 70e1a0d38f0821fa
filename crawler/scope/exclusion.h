// SPDX-License-Identifier: Apache-2.0
// Why a URL of a job's own hosts is left out.
#pragma once

#include <cstdint>
#include <string_view>

namespace nightjar::scope {

// Stored: append only.
enum class Exclusion : std::uint8_t {
  kNone,
  kUrlTooLong,
  kPathTooDeep,
  kCredentials,       // a user name or password in the URL
  kTooFarFromSeed,    // deeper than the job's max_depth; admitted when a shorter way is found
  kRepeatedSegments,  // /a/b/a/b/a/b
  kPatterns,          // not among the job's include patterns, or among its exclude patterns
  kShapeQuota,        // too many URLs that differ in numbers and random strings only
  kCalendar,          // too many dates in one place of a URL
  kHostQuota,         // too many URLs at one host
  kDropped,           // by a person
  kRobots,            // by robots.txt, where the job obeys it
  kBlocked,           // by the blocklist
};
inline constexpr std::uint8_t kExclusions = 13;
[[nodiscard]] std::string_view ExclusionName(Exclusion exclusion);  // "url-too-long", ...

}  // namespace nightjar::scope
