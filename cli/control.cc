// SPDX-License-Identifier: Apache-2.0
#include "cli/control.h"

#include "crawler/jobs/blocked.h"

namespace nightjar::cli {

Result<Control> OpenControl(const Context& context) {
  ASSIGN_OR_RETURN(config::Settings settings, context.LoadSettings());
  ASSIGN_OR_RETURN(auto jobs, jobs::JobStore::Open(settings.ControlFolder()));
  ASSIGN_OR_RETURN(auto runs, jobs::RunLog::Open(settings.ControlFolder()));
  return Control{std::move(settings), std::move(jobs), std::move(runs)};
}

Result<blocklist::Blocklist> LoadBlocklist(const config::Settings& settings) {
  return blocklist::Blocklist::Load(blocklist::OptionsOf(settings), SystemClock().Utc(), true);
}

Result<jobs::Job> Admit(jobs::Job untrusted_job, const blocklist::Blocklist& blocked) {
  ASSIGN_OR_RETURN(jobs::Job job, jobs::Validate(std::move(untrusted_job)));
  RETURN_IF_ERROR(jobs::RefuseBlocked(job, blocked));
  return job;
}

Result<JobView> ReadView(const Control& control, const JobId& id, std::size_t most_runs) {
  ASSIGN_OR_RETURN(auto job, control.jobs->Get(id));
  ASSIGN_OR_RETURN(auto runs, control.runs->Of(id, most_runs));
  return ViewOf(std::move(job), std::move(runs), SystemClock().Utc());
}

Result<std::vector<JobView>> ReadViews(const Control& control) {
  ASSIGN_OR_RETURN(auto all, control.jobs->List());
  ASSIGN_OR_RETURN(const auto last, control.runs->Last());
  const UtcTime now = SystemClock().Utc();
  std::vector<JobView> views;
  for (auto& job : all) {
    const auto run = last.find(job.id);
    std::vector<jobs::Run> runs;
    if (run != last.end()) runs.push_back(run->second);
    views.push_back(ViewOf(std::move(job), std::move(runs), now));
  }
  return views;
}

}  // namespace nightjar::cli
