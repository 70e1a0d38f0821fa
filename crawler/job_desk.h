// SPDX-License-Identifier: Apache-2.0
// The control store as the crawl loop sees it: which jobs are open, which runs begin and end, what people
// ordered and which hosts they block. Read once a second; what follows from it goes into the next tick of the
// frontier.
//
// The frontier and the control store are two stores. The frontier comes first: a run that began there and is
// not yet in the run log when the process dies begins once more, which fetches its seeds again and loses
// nothing.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "crawler/agenda.h"
#include "crawler/frontier/frontier.h"
#include "crawler/jobs/host_rules.h"
#include "crawler/jobs/job_store.h"
#include "crawler/orders.h"

namespace nightjar::crawler {

// One thread.
class JobDesk final {
 public:
  struct Stores {
    std::unique_ptr<jobs::JobStore> jobs;
    std::unique_ptr<jobs::RunLog> runs;
    std::unique_ptr<jobs::HostRules> hosts;
    std::unique_ptr<jobs::Requests> requests;
  };
  [[nodiscard]] static Result<Stores> OpenStores(const std::string& control_folder);
  // Seeds that `refuses` are not crawled.
  using Refuses = std::function<bool(const Url& seed)>;
  JobDesk(Stores stores, const Clock& clock, Refuses refuses)
      : stores_{std::move(stores.jobs), std::move(stores.runs), std::move(stores.hosts), nullptr},
        clock_(clock),
        refuses_(std::move(refuses)),
        orders_(std::move(stores.requests)) {}

  // `settled(job)`: nothing of it is on its way that could bring the frontier more. Does nothing before a
  // second has passed since the last time, but for `at_once`.
  using Settled = std::function<bool(const JobId&)>;
  [[nodiscard]] Status Read(frontier::Frontier& frontier, const Settled& settled, bool at_once = false);

  [[nodiscard]] bool HasWork() const;                // for the next tick
  [[nodiscard]] Status Apply(frontier::Tick& tick);  // in it
  [[nodiscard]] Status Committed();                  // after its commit

  // As last read; `revision` differs whenever they do.
  [[nodiscard]] const std::map<JobId, jobs::Job>& jobs() const { return jobs_; }
  [[nodiscard]] std::optional<std::uint64_t> revision() const { return revision_; }

  // Null for a job that is not there (any more).
  [[nodiscard]] const jobs::Job* Find(const JobId& id) const;

 private:
  [[nodiscard]] Status ReadJobs();
  [[nodiscard]] Status ReadRules();
  [[nodiscard]] Status Plan(frontier::Frontier& frontier, const Settled& settled);
  [[nodiscard]] Status EndRun(const JobId& id, jobs::Run::End end, frontier::Frontier& frontier);
  [[nodiscard]] Status NoteProgress(frontier::Frontier& frontier);
  [[nodiscard]] Status AddSeeds(frontier::Tick& tick, const jobs::Job& job);

  const Stores stores_;
  const Clock& clock_;
  const Refuses refuses_;
  Orders orders_;
  MonoTime next_reading_;
  MonoTime next_noting_;

  std::optional<std::uint64_t> revision_;  // of the jobs below
  std::map<JobId, jobs::Job> jobs_;
  std::optional<std::map<JobId, jobs::Run>> runs_;  // the last of each job; this process alone writes them

  std::vector<frontier::JobTerms> terms_;  // what the frontier has
  std::map<JobId, UtcTime> seeded_;        // the frontier has the seeds of then
  std::map<std::string, frontier::HostRule> rules_;

  // For the next tick.
  std::optional<std::vector<frontier::JobTerms>> new_terms_;
  std::vector<std::pair<JobId, jobs::Run::Cause>> begins_;
  std::map<std::string, frontier::HostRule> new_rules_;
};

}  // namespace nightjar::crawler
