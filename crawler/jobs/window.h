// SPDX-License-Identifier: Apache-2.0
// Hours of the week, in UTC: when a job may work, or must rest.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace nightjar::jobs {

// "22:00-06:00" every day, "sat,sun 00:00-24:00", "mon-fri 20:30-02:00": on each of its days it begins at the
// first time and ends at the second, on the next day if that is not later. Half open: the end is outside.
struct Window {
  std::uint8_t days = 0x7F;     // bit 0 is Sunday; the days on which it begins
  std::uint16_t begin = 0;      // minute of the day, 0 to 1439
  std::uint16_t end = 24 * 60;  // minute of the day, 1 to 1440; not after `begin`: on the next day
  friend bool operator==(const Window&, const Window&) = default;
};

[[nodiscard]] Result<Window> ParseWindow(std::string_view text);  // kInvalidInput says what the form is
[[nodiscard]] std::string FormatWindow(const Window& window);     // ParseWindow's inverse

[[nodiscard]] bool AnyContains(std::span<const Window> windows, UtcTime time);

// The first moment later than `time` at which one of them begins or ends; nothing if there is none.
[[nodiscard]] std::optional<UtcTime> NextEdge(std::span<const Window> windows, UtcTime time);

}  // namespace nightjar::jobs
