// SPDX-License-Identifier: Apache-2.0
#include "crawler/job_desk.h"

#include <algorithm>

#include "base/log.h"
#include "crawler/terms.h"

namespace nightjar::crawler {
namespace {

using jobs::Run;

constexpr auto kReadEvery = std::chrono::seconds(1);
constexpr auto kNoteEvery = std::chrono::seconds(10);

}  // namespace

Result<JobDesk::Stores> JobDesk::OpenStores(const std::string& control_folder) {
  Stores stores;
  ASSIGN_OR_RETURN(stores.jobs, jobs::JobStore::Open(control_folder));
  ASSIGN_OR_RETURN(stores.runs, jobs::RunLog::Open(control_folder));
  ASSIGN_OR_RETURN(stores.hosts, jobs::HostRules::Open(control_folder));
  ASSIGN_OR_RETURN(stores.requests, jobs::Requests::Open(control_folder));
  return stores;
}

const jobs::Job* JobDesk::Find(const JobId& id) const {
  const auto found = jobs_.find(id);
  return found == jobs_.end() ? nullptr : &found->second;
}

Status JobDesk::Read(frontier::Frontier& frontier, const Settled& settled, bool at_once) {
  const MonoTime now = clock_.Mono();
  if (now < next_reading_ && !at_once) return {};
  next_reading_ = now + kReadEvery;
  if (!runs_) {
    ASSIGN_OR_RETURN(runs_, stores_.runs->Last());
  }
  RETURN_IF_ERROR(ReadJobs());
  RETURN_IF_ERROR(ReadRules());
  RETURN_IF_ERROR(orders_.Read());
  RETURN_IF_ERROR(Plan(frontier, settled));
  return NoteProgress(frontier);
}

Status JobDesk::ReadJobs() {
  ASSIGN_OR_RETURN(const std::uint64_t revision, stores_.jobs->Revision());
  if (revision_ == revision) return {};
  ASSIGN_OR_RETURN(auto listed, stores_.jobs->List());
  jobs_.clear();
  for (auto& job : listed) {
    const JobId id = job.id;
    jobs_.emplace(id, std::move(job));
  }
  revision_ = revision;
  return {};
}

Status JobDesk::ReadRules() {
  ASSIGN_OR_RETURN(const auto listed, stores_.hosts->List());
  new_rules_.clear();
  for (const auto& [host, rule] : listed) {
    const frontier::HostRule wanted{rule.blocked, rule.min_delay};
    const auto known = rules_.find(host);
    if (known == rules_.end() || known->second != wanted) new_rules_.emplace(host, wanted);
  }
  return {};
}

// What each job does now, by its agenda; the frontier hears of it in the next tick.
Status JobDesk::Plan(frontier::Frontier& frontier, const Settled& settled) {
  const UtcTime now = clock_.Utc();
  begins_.clear();
  std::vector<frontier::JobTerms> terms;
  for (const auto& [id, job] : jobs_) {
    const auto last = runs_->find(id);
    const auto progress = frontier.Progress(id);
    const auto known = std::ranges::find(terms_, id, &frontier::JobTerms::id);
    // A job that rests is idle too; and seeds that are still to be added are work.
    const bool worked = progress && known != terms_.end() && known->active && seeded_[id] == job.seeded;
    const RunProgress run{.idle = worked && progress->idle && settled(id),
                          .spent = worked && progress->spent};
    const Outlook outlook = Look(job, last == runs_->end() ? nullptr : &last->second, run, now);
    if (outlook.end) RETURN_IF_ERROR(EndRun(id, *outlook.end, frontier));
    if (outlook.begin) begins_.emplace_back(id, *outlook.begin);
    terms.push_back(TermsOf(job, outlook.open));
  }
  for (const auto& [id, run] : *runs_)  // of jobs that were removed
    if (!jobs_.contains(id) && run.end == Run::End::kOpen)
      RETURN_IF_ERROR(EndRun(id, Run::End::kCancelled, frontier));
  new_terms_.reset();
  const bool seeds_changed = std::ranges::any_of(
      jobs_, [&](const auto& named) { return seeded_[named.first] != named.second.seeded; });
  if (terms != terms_ || seeds_changed) new_terms_ = std::move(terms);
  return {};
}

Status JobDesk::EndRun(const JobId& id, Run::End end, frontier::Frontier& frontier) {
  Run& run = runs_->at(id);
  if (const auto progress = frontier.Progress(id)) {
    run.pages = progress->pages;
    run.bytes = progress->bytes;
  }
  run.end = end;
  run.ended = clock_.Utc();
  log::info("job {}: run {} ends ({}), {} pages", id.value, run.number, EndName(end), run.pages);
  return stores_.runs->Put(run);
}

// So that people see how far a run is.
Status JobDesk::NoteProgress(frontier::Frontier& frontier) {
  const MonoTime now = clock_.Mono();
  if (now < next_noting_) return {};
  next_noting_ = now + kNoteEvery;
  for (auto& [id, run] : *runs_) {
    const auto progress = frontier.Progress(id);
    if (run.end != Run::End::kOpen || !progress || progress->pages == run.pages) continue;
    run.pages = progress->pages;
    run.bytes = progress->bytes;
    RETURN_IF_ERROR(stores_.runs->Put(run));
  }
  return {};
}

bool JobDesk::HasWork() const {
  return new_terms_ || !begins_.empty() || !new_rules_.empty() || orders_.waiting();
}

Status JobDesk::AddSeeds(frontier::Tick& tick, const jobs::Job& job) {
  std::vector<frontier::Candidate> seeds;
  for (const auto& seed : job.seeds) {
    ASSIGN_OR_RETURN(Url url, Url::Parse(seed));
    if (!refuses_(url)) seeds.push_back({std::move(url), 0, ""});
  }
  ASSIGN_OR_RETURN(const auto admission, tick.Add(job.id, seeds));
  if (admission.fresh > 0)
    log::info("job {}: {} seeds are new, {} hosts", job.id.value, admission.fresh, job.hosts.size());
  return {};
}

Status JobDesk::Apply(frontier::Tick& tick) {
  if (new_terms_) {
    RETURN_IF_ERROR(tick.SetJobs(*new_terms_));
    for (const auto& [id, job] : jobs_)
      if (seeded_[id] != job.seeded) RETURN_IF_ERROR(AddSeeds(tick, job));
  }
  for (const auto& [id, cause] : begins_) RETURN_IF_ERROR(tick.StartRun(id));
  for (const auto& [host, rule] : new_rules_) RETURN_IF_ERROR(tick.SetHostRule(host, rule));
  return orders_.Apply(tick, jobs_);
}

Status JobDesk::Committed() {
  const UtcTime now = clock_.Utc();
  if (new_terms_) {
    terms_ = *std::exchange(new_terms_, std::nullopt);
    for (const auto& [id, job] : jobs_) seeded_[id] = job.seeded;
  }
  for (auto& [host, rule] : std::exchange(new_rules_, {})) rules_[host] = rule;
  ASSIGN_OR_RETURN(const auto ordered, orders_.Committed(now));
  for (const JobId& id : ordered) begins_.emplace_back(id, Run::Cause::kOrdered);
  for (const auto& [id, cause] : std::exchange(begins_, {})) {
    ASSIGN_OR_RETURN(Run run, stores_.runs->Begin(id, cause, now));
    log::info("job {}: run {} begins ({})", id.value, run.number, CauseName(cause));
    runs_->insert_or_assign(id, std::move(run));
    next_reading_ = MonoTime();  // an ordered run opens its job
  }
  return {};
}

}  // namespace nightjar::crawler
