// SPDX-License-Identifier: Apache-2.0
// How a host's availability is shown: for `nightjar host show`, as text and as JSON.
#pragma once

#include "base/json.h"
#include "config/settings.h"
#include "crawler/availability/timeline.h"

namespace nightjar::cli {

// When a host counts as down, by the settings.
[[nodiscard]] availability::DownRule DownRuleOf(const config::Settings& settings);

// "down since 2026-01-03 04:05 (descriptor, 7 tries)", then a line for each span, newest last. Times in UTC.
void PrintAvailability(const availability::Timeline& timeline, const availability::DownRule& rule);

// {"verdict","cause","since","tries","forgotten","spans":[{"cause","first","last","count"}]}
[[nodiscard]] json::object ToJson(const availability::Timeline& timeline, const availability::DownRule& rule);

}  // namespace nightjar::cli
