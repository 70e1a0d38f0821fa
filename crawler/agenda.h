// SPDX-License-Identifier: Apache-2.0
// What a job does at a moment: a pure function of the job, its last run and the time (UTC). The crawl loop
// obeys it; the command line shows it.
//
// A run is due: by cron at the first of its moments after the last run began; by `at` once, then; without
// either once, from when the job was added; and, but by cron, again when seeds were added after the last run
// had ended. So any number of missed moments makes one run. It begins as soon as the job is awake and no run
// of it goes on; with recrawl, where a run has no end of its own, the next one of a cron replaces it and
// brings new budgets.
#pragma once

#include <optional>
#include <string_view>

#include "crawler/jobs/job.h"
#include "crawler/jobs/run_log.h"

namespace nightjar::crawler {

enum class Phase {
  kRunning,
  kResting,    // a run goes on, but it is outside the job's windows or in its nights
  kDue,        // a run begins as soon as it can
  kScheduled,  // waits for `next_run`
  kFinished,   // no run is to come
  kPaused,
  kCancelled,
};
[[nodiscard]] std::string_view PhaseName(Phase phase);

// What the frontier says of the job's present run.
struct RunProgress {
  bool idle = false;   // nothing is left to fetch, and nothing under way that could bring more
  bool spent = false;  // a budget is used up
};

struct Outlook {
  Phase phase = Phase::kFinished;
  bool open = false;                      // tasks may be leased for it
  std::optional<jobs::Run::End> end;      // its run is over, for this reason
  std::optional<jobs::Run::Cause> begin;  // a run begins now
  std::optional<UtcTime> next_run;   // the next to begin, where known; not later than now: as soon as it can
  std::optional<UtcTime> next_look;  // nothing changes by time alone before this
};

// `last`: the job's newest run, null if it never ran.
[[nodiscard]] Outlook Look(const jobs::Job& job, const jobs::Run* last, const RunProgress& progress,
                           UtcTime now);

}  // namespace nightjar::crawler
