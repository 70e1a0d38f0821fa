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
#include "crawler/committer.h"
#include "crawler/fetcher_keeper.h"
#include "crawler/hash_list_files.h"
#include "crawler/host_guard.h"
#include "crawler/jobs/job.h"
#include "crawler/link_follower.h"
#include "crawler/surroundings.h"
#include "crawler/tor_gate.h"
#include "crawler/under_way.h"

namespace nightjar::crawler {

class CrawlLoop final {
 public:
  struct Parts {
    std::unique_ptr<jobs::JobStore> jobs;
    std::unique_ptr<frontier::Frontier> frontier;
    std::unique_ptr<captures::Reader> archive;
    std::unique_ptr<Committer> committer;
    std::unique_ptr<HostGuard> guard;
    FetcherKeeper fetcher;
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

  void TakeFromFetcher();
  [[nodiscard]] Status TakeDone(handover::Done done);
  void LoseFetcher(const Error& why,
                   frontier::Ending ending = {frontier::Ending::Kind::kPassing, frontier::Cause::kLost});
  [[nodiscard]] Status FollowLists();
  [[nodiscard]] Status TakeCommitted();
  [[nodiscard]] Status ReadJobs();
  [[nodiscard]] Status FollowLinks();

  [[nodiscard]] std::size_t Capacity();
  [[nodiscard]] Status RunTick(std::size_t capacity);
  [[nodiscard]] Status ApplyJobs(frontier::Tick& tick);
  [[nodiscard]] Status AddLinks(frontier::Tick& tick);
  void SendTask(frontier::Task task);

  const config::Settings& settings_;
  Parts parts_;
  routes::Routes routes_;
  TorGate tor_;
  ConsensusFile consensus_;
  LinkFollower follower_;
  HashListFiles hash_lists_;

  // The jobs as last read. `terms_` is what the frontier has of them; `new_terms_` waits for the next tick.
  std::map<JobId, jobs::Job> jobs_;
  std::vector<frontier::JobTerms> terms_;
  std::optional<std::vector<frontier::JobTerms>> new_terms_;
  MonoTime next_job_reading_;

  UnderWay under_way_;  // at the fetcher
  struct Ended {
    frontier::LeaseId lease;
    frontier::Ending ending;
    std::string alert = {};  // of a file that a hash list knew: its URL
  };
  [[nodiscard]] Status AlertOf(const Ended& ended, CaptureNumber number);
  std::map<std::string, Ended> in_commit_;  // by fetch id: leases close only after the commit
  std::vector<Ended> ended_;                // for the next tick
  std::vector<PageLinks> pages_;            // for the next tick
  MonoTime next_progress_;
  std::uint64_t progress_logged_ = 0;
};

}  // namespace nightjar::crawler
