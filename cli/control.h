// SPDX-License-Identifier: Apache-2.0
// The control store as the verbs about jobs use it.
#pragma once

#include <memory>
#include <vector>

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

// The job with up to `most_runs` of its runs.
[[nodiscard]] Result<JobView> ReadView(const Control& control, const JobId& id, std::size_t most_runs);
[[nodiscard]] Result<std::vector<JobView>> ReadViews(const Control& control);

}  // namespace nightjar::cli
