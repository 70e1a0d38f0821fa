// SPDX-License-Identifier: Apache-2.0
// The verbs under `nightjar retention`.
#pragma once

#include "cli/commands.h"

namespace nightjar::cli {

void AddRetentionErase(CLI::App& retention, Context& context);  // erase, withdraw, orders
void AddRetentionHolds(CLI::App& retention, Context& context);  // hold, release, holds

}  // namespace nightjar::cli
