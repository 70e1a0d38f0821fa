// SPDX-License-Identifier: Apache-2.0
// Spans of time as people write them: "90s", "30m", "6h", "7d"; "0" is none.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace nightjar::jobs {

inline constexpr std::chrono::seconds kLongestDuration{std::chrono::hours(24 * 366 * 10)};

[[nodiscard]] Result<std::chrono::seconds> ParseDuration(std::string_view text);  // kInvalidInput: the form
[[nodiscard]] std::string FormatDuration(std::chrono::seconds duration);  // in the largest unit that is whole

}  // namespace nightjar::jobs
