// SPDX-License-Identifier: Apache-2.0
// Which URLs of a job's own hosts are left out, and why. Bounds against traps (endless calendars, session ids
// in paths); sources: hostile.md 2.4.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/url.h"

namespace nightjar::frontier {

inline constexpr std::size_t kMaxUrlLength = 2048;
inline constexpr std::size_t kMaxPathSegments = 16;

// Stored: append only.
enum class Exclusion : std::uint8_t {
  kNone,
  kUrlTooLong,
  kPathTooDeep,
  kCredentials,     // a user name or password in the URL
  kTooFarFromSeed,  // deeper than the job's max_depth; admitted when a shorter way is found
};
inline constexpr std::size_t kExclusions = 5;
[[nodiscard]] std::string_view ExclusionName(Exclusion exclusion);  // "url-too-long", ...

[[nodiscard]] Exclusion Judge(const Url& url, std::uint32_t depth, std::uint32_t max_depth);

}  // namespace nightjar::frontier
