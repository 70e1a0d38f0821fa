// SPDX-License-Identifier: Apache-2.0
// The scheduler: one thread that moves tasks from the frontier to the fetcher and what comes back through the
// committer to the frontier again. Life of a task: README.md.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/stop.h"
#include "config/settings.h"
#include "crawler/availability/observer.h"
#include "crawler/committer.h"
#include "crawler/jobs/job.h"
#include "crawler/link_follower.h"
#include "crawler/under_way.h"
#include "crawler/ways_out.h"

namespace nightjar::crawler {

class CrawlLoop final {
 public:
  struct Parts {
    std::unique_ptr<jobs::JobStore> jobs;
    std::unique_ptr<frontier::Frontier> frontier;
    std::unique_ptr<captures::Reader> archive;
    std::unique_ptr<Committer> committer;
    std::unique_ptr<availability::Observer> observer;
    WaysOut ways;
    const Clock* clock = nullptr;
    Random* random = nullptr;
  };
  CrawlLoop(Parts parts, const config::Settings& settings);

  // Until stopping, until idle if that is asked for, or until something failed that work cannot go on
  // without.
  [[nodiscard]] Status Run(StopSignal& stop, bool until_idle);

 private:
  void Wait(int stop_fd);
  [[nodiscard]] std::chrono::milliseconds Patience();
  [[nodiscard]] Status Step(bool lease);
  [[nodiscard]] bool Idle();
  [[nodiscard]] Status Drain();
  void LogProgress();

  void TakeFromFetcher(std::size_t way);
  [[nodiscard]] Status TakeDone(handover::Done done, std::size_t way);
  void LearnFrom(const captures::Record& record, const UnderWayTask& asked);
  void LoseFetcher(std::size_t way, const Error& why);
  [[nodiscard]] Status TakeCommitted();
  [[nodiscard]] Status ReadJobs();
  [[nodiscard]] Status FollowLinks();

  [[nodiscard]] std::size_t Capacity();
  [[nodiscard]] Status RunTick(std::size_t capacity);
  [[nodiscard]] Status ApplyJobs(frontier::Tick& tick);
  [[nodiscard]] Status AddLinks(frontier::Tick& tick);
  void SendTask(frontier::Task task);
  void SendTo(std::size_t way, frontier::Task task);

  const config::Settings& settings_;
  Parts parts_;
  routes::Routes routes_;
  LinkFollower follower_;

  // The jobs as last read. `terms_` is what the frontier has of them; `new_terms_` waits for the next tick.
  std::map<JobId, jobs::Job> jobs_;
  std::vector<frontier::JobTerms> terms_;
  std::optional<std::vector<frontier::JobTerms>> new_terms_;
  MonoTime next_job_reading_;

  UnderWay under_way_;  // at the fetchers
  struct Ended {
    frontier::LeaseId lease;
    frontier::Ending ending;
  };
  std::map<std::string, Ended> in_commit_;  // by fetch id: leases close only after the commit
  std::vector<Ended> ended_;                // for the next tick
  std::vector<PageLinks> pages_;            // for the next tick
  MonoTime next_progress_;
  MonoTime next_stranded_log_;
  std::uint64_t progress_logged_ = 0;
};

}  // namespace nightjar::crawler
