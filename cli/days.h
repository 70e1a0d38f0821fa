// SPDX-License-Identifier: Apache-2.0
// Days in UTC as people write and read them: "2027-01-31".
#pragma once

#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace nightjar::cli {

// The beginning of that day, or a time as Nightjar prints it. kInvalidInput names the option.
[[nodiscard]] Result<UtcTime> ParseDay(const std::string& text, const std::string& option);
[[nodiscard]] std::string DayOf(UtcTime time);

}  // namespace nightjar::cli
