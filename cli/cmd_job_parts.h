// SPDX-License-Identifier: Apache-2.0
// The verbs of `nightjar job` that have files of their own.
#pragma once

#include "cli/commands.h"

namespace nightjar::cli {

void AddJobAdd(CLI::App& verb, Context& context);      // cmd_job_edit.cc
void AddJobEdit(CLI::App& verb, Context& context);     // cmd_job_edit.cc
void AddJobExample(CLI::App& verb, Context& context);  // cmd_job_edit.cc
void AddJobSeed(CLI::App& verb, Context& context);     // cmd_job_seed.cc

}  // namespace nightjar::cli
