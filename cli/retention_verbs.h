// SPDX-License-Identifier: Apache-2.0
// The verbs under `nightjar retention`, and what they share.
#pragma once

#include <string>

#include "cli/commands.h"

namespace nightjar::cli {

void AddRetentionErase(CLI::App& retention, Context& context);  // erase, withdraw, orders
void AddRetentionHolds(CLI::App& retention, Context& context);  // hold, release, holds

// "2027-01-31", the beginning of that day in UTC, or a time as Nightjar prints it. Errors name the option.
[[nodiscard]] Result<UtcTime> ParseDay(const std::string& text, const std::string& option);
[[nodiscard]] std::string DayOf(UtcTime time);

}  // namespace nightjar::cli
