// SPDX-License-Identifier: Apache-2.0
// The verbs under `nightjar index` that look after an index.
#pragma once

#include "cli/commands.h"

namespace nightjar::cli {

void AddIndexUpkeep(CLI::App& index, Context& context);  // status, verify, compact

}  // namespace nightjar::cli
