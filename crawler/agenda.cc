// SPDX-License-Identifier: Apache-2.0
#include "crawler/agenda.h"

#include <algorithm>
#include <array>

#include "crawler/jobs/cron.h"

namespace nightjar::crawler {
namespace {

using jobs::Job;
using jobs::JobState;
using jobs::Run;

bool IsAwake(const Job& job, UtcTime now) {
  return (job.windows.empty() || jobs::AnyContains(job.windows, now)) && !jobs::AnyContains(job.nights, now);
}

bool Recrawls(const Job& job) { return job.recrawl_max.count() > 0; }

struct Due {
  UtcTime when;
  Run::Cause cause;
};

// When the next run is due, whether or not it may begin then.
std::optional<Due> NextDue(const Job& job, const Run* last) {
  if (!job.cron.empty()) {
    const auto cron = jobs::Cron::Parse(job.cron);
    const auto when = cron ? cron->NextAfter(last != nullptr ? last->began : job.created) : std::nullopt;
    if (!when) return std::nullopt;
    return Due{*when, Run::Cause::kCron};
  }
  if (job.at && (last == nullptr || last->began < *job.at)) return Due{*job.at, Run::Cause::kAt};
  const bool goes_on = last != nullptr && last->end == Run::End::kOpen;
  if (last == nullptr || (!goes_on && last->ended < job.seeded)) return Due{job.seeded, Run::Cause::kAdded};
  return std::nullopt;
}

std::optional<Run::End> EndOf(const Job& job, const Run& run, const RunProgress& progress, UtcTime now) {
  if (job.state == JobState::kCancelled || job.state == JobState::kRemoved) return Run::End::kCancelled;
  if (job.max_time.count() > 0 && now >= run.began + job.max_time) return Run::End::kTime;
  if (progress.spent) return Run::End::kBudget;
  if (progress.idle && !Recrawls(job)) return Run::End::kComplete;
  return std::nullopt;
}

Phase PhaseOf(const Job& job, const Outlook& outlook, bool goes_on, UtcTime now) {
  if (job.state == JobState::kCancelled || job.state == JobState::kRemoved) return Phase::kCancelled;
  if (job.state == JobState::kPaused) return Phase::kPaused;
  if (outlook.open) return Phase::kRunning;
  if (goes_on) return Phase::kResting;
  if (!outlook.next_run) return Phase::kFinished;
  return *outlook.next_run <= now ? Phase::kDue : Phase::kScheduled;
}

void LookAgainAt(Outlook& outlook, std::optional<UtcTime> moment) {
  if (moment && (!outlook.next_look || *moment < *outlook.next_look)) outlook.next_look = moment;
}

}  // namespace

std::string_view PhaseName(Phase phase) {
  constexpr std::array<std::string_view, 7> kNames = {"running",  "resting", "due",      "scheduled",
                                                      "finished", "paused",  "cancelled"};
  return kNames.at(static_cast<std::size_t>(phase));
}

Outlook Look(const Job& job, const Run* last, const RunProgress& progress, UtcTime now) {
  Outlook outlook;
  bool goes_on = last != nullptr && last->end == Run::End::kOpen;
  if (goes_on) outlook.end = EndOf(job, *last, progress, now);
  if (outlook.end) {
    goes_on = false;
    outlook.next_look = now;  // what comes after it
  }
  const bool active = job.state == JobState::kActive;
  const bool awake = IsAwake(job, now);
  const auto due = job.state == JobState::kCancelled ? std::nullopt : NextDue(job, last);
  if (due) outlook.next_run = due->when;
  const bool free = !outlook.end && (!goes_on || (Recrawls(job) && !job.cron.empty()));
  if (active && awake && free && due && due->when <= now) {
    outlook.begin = due->cause;
    goes_on = true;
    Run begun;
    begun.began = now;
    const auto next = NextDue(job, &begun);
    outlook.next_run = next ? std::optional(next->when) : std::nullopt;
  }
  outlook.open = active && awake && goes_on;
  outlook.phase = PhaseOf(job, outlook, goes_on, now);

  if (outlook.next_run && *outlook.next_run > now) LookAgainAt(outlook, outlook.next_run);
  LookAgainAt(outlook, jobs::NextEdge(job.windows, now));
  LookAgainAt(outlook, jobs::NextEdge(job.nights, now));
  if (goes_on && job.max_time.count() > 0)
    LookAgainAt(outlook, (outlook.begin ? now : last->began) + job.max_time);
  return outlook;
}

}  // namespace nightjar::crawler
