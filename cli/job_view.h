// SPDX-License-Identifier: Apache-2.0
// A job as people and machines see it: what was ordered, what it does now, when it runs next, its last runs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "crawler/agenda.h"
#include "crawler/jobs/job.h"
#include "crawler/jobs/run_log.h"

namespace nightjar::cli {

struct JobView {
  jobs::Job job;
  std::vector<jobs::Run> runs;  // newest first; at least the last one, if there is any
  crawler::Outlook outlook;
};
[[nodiscard]] JobView ViewOf(jobs::Job job, std::vector<jobs::Run> runs, UtcTime now);

[[nodiscard]] std::string FormatJobs(const std::vector<JobView>& views);  // a table
[[nodiscard]] std::string FormatJob(const JobView& view);                 // everything
[[nodiscard]] json::object ToJson(const JobView& view);

// "2026-01-31 23:59:59", or "-".
[[nodiscard]] std::string ShortTime(const std::optional<UtcTime>& time);

}  // namespace nightjar::cli
