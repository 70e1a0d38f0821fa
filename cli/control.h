// SPDX-License-Identifier: Apache-2.0
// The control store as the verbs about jobs use it.
#pragma once

#include <memory>
#include <vector>

#include "archive/blocklist/blocklist.h"
#include "cli/commands.h"
#include "cli/job_view.h"
#include "crawler/jobs/job_store.h"
#include "crawler/jobs/run_log.h"

namespace nightjar::cli {

struct Control {
  config::Settings settings;
  std::unique_ptr<jobs::JobStore> jobs;
  std::unique_ptr<jobs::RunLog> runs;
};
[[nodiscard]] Result<Control> OpenControl(const Context& context);

// The blocklist in force; see its Load() for why there may be none, and then no job is taken.
[[nodiscard]] Result<blocklist::Blocklist> LoadBlocklist(const config::Settings& settings);

// A job that keeps every rule, and names no host of the blocklist.
[[nodiscard]] Result<jobs::Job> Admit(jobs::Job untrusted_job, const blocklist::Blocklist& blocked);

// The job with up to `most_runs` of its runs.
[[nodiscard]] Result<JobView> ReadView(const Control& control, const JobId& id, std::size_t most_runs);
[[nodiscard]] Result<std::vector<JobView>> ReadViews(const Control& control);

}  // namespace nightjar::cli
