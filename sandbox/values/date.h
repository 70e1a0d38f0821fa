// SPDX-License-Identifier: Apache-2.0
// Days and times as people print them, in ISO 8601 and only as exact as they are printed: "24/08/2018",
// "25th of December 2019", "09 Dec 2019 13:05", "5 марта 2020". Months are known in English, German, French,
// Spanish, Italian, Dutch and Russian.
// Years of two digits are those of POSIX strptime: 69-99 are 19xx, 00-68 are 20xx. The Gregorian calendar
// decides which days exist; a day that does not is no date.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sandbox/profile/date_order.h"

namespace nightjar::values {

using profile::DateOrder;

// kDayOnly: times are passed over, for sites that print 12-hour clocks without am or pm.
enum class DateDetail : std::uint8_t { kDayAndTime, kDayOnly };

struct Date {
  std::string iso;                 // "2019-12-25", "2020-02", "2018-08-24T13:05", "...T13:05:06Z"
  std::string_view precision;      // "year", "month", "day", "minute" or "second"
  std::size_t begin = 0, end = 0;  // in the text
};

// The first date of the text. A lone year counts where it is the whole text. "Z", "UTC", "GMT" and "+02:00"
// after a time are kept ("Z", "+02:00"); without them the zone is unknown.
[[nodiscard]] std::optional<Date> FindDate(std::string_view text, DateOrder order = DateOrder::kUnknown,
                                           DateDetail detail = DateDetail::kDayAndTime);

// A printed month in any of the languages, 1..12, or 0.
[[nodiscard]] int MonthOf(std::string_view word);

}  // namespace nightjar::values
