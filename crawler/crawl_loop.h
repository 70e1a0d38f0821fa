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
#include "crawler/job_desk.h"
#include "crawler/link_follower.h"
#include "crawler/robots_desk.h"
#include "crawler/surroundings.h"
#include "crawler/tor_gate.h"
#include "crawler/under_way.h"

namespace nightjar::crawler {

class CrawlLoop final {
 public:
  struct Parts {
    JobDesk::Stores control;
    std::unique_ptr<jobs::RobotsFiles> robots;
    std::unique_ptr<frontier::Frontier> frontier;
    std::unique_ptr<captures::Reader> archive;
    std::unique_ptr<Committer> committer;
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
  [[nodiscard]] Result<bool> Idle();
  [[nodiscard]] bool Settled(const JobId& job) const;
  [[nodiscard]] Status Drain();
  void LogProgress();

  void TakeFromFetcher();
  [[nodiscard]] Status TakeDone(handover::Done done);
  void LoseFetcher(const Error& why);
  [[nodiscard]] Status TakeCommitted();
  [[nodiscard]] Status FollowLinks();

  [[nodiscard]] std::size_t Capacity();
  [[nodiscard]] Status RunTick(std::size_t capacity);
  [[nodiscard]] Status AddLinks(frontier::Tick& tick);
  [[nodiscard]] Status TakeUp(frontier::Task task);
  void SendTask(frontier::Task task, const jobs::Job& job, const std::string& robots);

  const config::Settings& settings_;
  Parts parts_;
  routes::Routes routes_;
  TorGate tor_;
  ConsensusFile consensus_;
  LinkFollower follower_;

  JobDesk desk_;
  RobotsDesk robots_;

  UnderWay under_way_;  // at the fetcher
  struct Ended {
    frontier::LeaseId lease;
    frontier::Ending ending;
    JobId job{};  // set while in commit
  };
  std::map<std::string, Ended> in_commit_;  // by fetch id: leases close only after the commit
  std::vector<Ended> ended_;                // for the next tick
  std::vector<PageLinks> pages_;            // for the next tick
  // Captures below this are to be followed before a job has seen all its links; by job where it made any
  // since.
  const std::uint64_t first_capture_;
  std::map<JobId, std::uint64_t> captured_;
  MonoTime next_progress_;
  std::uint64_t progress_logged_ = 0;
};

}  // namespace nightjar::crawler
