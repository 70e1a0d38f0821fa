// SPDX-License-Identifier: Apache-2.0
// Spans of time as people print them: "4d", "1d 22h", "3 days ago", "an hour ago", "vor 3 Tagen", "2 дня
// назад", "yesterday". ISO 8601 durations come out; a clock ("22:58") is none. Units are known in English,
// German, French, Spanish, Italian, Dutch and Russian. "m" is minutes, "mo" months.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace nightjar::values {

struct Duration {
  std::string iso;        // "P4D", "P1DT22H", "PT1H"; "P0D" for today, "P1D" for yesterday
  std::string_view unit;  // the smallest that is printed: "year", "month", "week", "day", ... "second"
  std::size_t begin = 0, end = 0;  // in the text; words like "ago" and "vor" are not part of it
};

// The first one. A letter alone is a unit only where it touches its number ("4d", not "4 d").
[[nodiscard]] std::optional<Duration> FindAge(std::string_view text);

}  // namespace nightjar::values
