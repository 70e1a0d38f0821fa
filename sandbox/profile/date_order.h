// SPDX-License-Identifier: Apache-2.0
// How a site writes days in digits. A profile says it, sandbox/values reads by it.
#pragma once

#include <cstdint>

namespace nightjar::profile {

// kUnknown: read only where one order is possible (a number over 12, or two equal ones).
enum class DateOrder : std::uint8_t { kUnknown, kDayFirst, kMonthFirst, kYearFirst };

}  // namespace nightjar::profile
