// SPDX-License-Identifier: Apache-2.0
// The scheduler: one thread that moves tasks from the frontier to the fetchers and what comes back through
// the committer to the frontier again. Life of a task: README.md. Step() and RunTick() are the whole rhythm;
// each of the parts decides one thing:
//
//   JobDesk        which jobs are open, which runs begin and end, what people ordered
//   RobotsDesk     what robots.txt says
//   HostGuard      which hosts must not be touched
//   SessionKeeper  who is logged in where, and what a wall means
//   Outgoing       by which way and circuit a task goes
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "archive/store/watermark.h"
#include "base/random.h"
#include "base/stop.h"
#include "config/settings.h"
#include "crawler/committer.h"
#include "crawler/hash_list_files.h"
#include "crawler/host_guard.h"
#include "crawler/job_desk.h"
#include "crawler/link_follower.h"
#include "crawler/outgoing.h"
#include "crawler/robots_desk.h"
#include "crawler/session_keeper.h"

namespace nightjar::crawler {

class CrawlLoop final {
 public:
  struct Parts {
    JobDesk::Stores control;
    std::unique_ptr<jobs::RobotsFiles> robots;
    std::unique_ptr<frontier::Frontier> frontier;
    std::unique_ptr<captures::Reader> archive;
    std::unique_ptr<Committer> committer;
    std::unique_ptr<HostGuard> guard;
    std::unique_ptr<SessionKeeper> sessions;
    Outgoing outgoing;
    const Clock* clock = nullptr;
    Random* random = nullptr;
  };
  CrawlLoop(Parts parts, const config::Settings& settings);

  // Until stopping, until idle if that is asked for, or until something failed that work cannot go on
  // without.
  [[nodiscard]] Status Run(StopSignal& stop, bool until_idle);

 private:
  struct Ended {
    frontier::LeaseId lease;  // 0: of a session's own request
    frontier::Ending ending;
    JobId job{};
    std::string alert{};  // of a file that a hash list knew: its URL
  };

  void Wait(int stop_fd);
  [[nodiscard]] std::chrono::milliseconds Patience();
  [[nodiscard]] Status Step(bool lease);
  [[nodiscard]] Result<bool> Idle();
  [[nodiscard]] bool Settled(const JobId& job) const;
  [[nodiscard]] Status Drain();
  void LogProgress();

  [[nodiscard]] Status TakeReturned();
  [[nodiscard]] Status TakeAnswer(Outgoing::Answer answer);
  void TakeLost(const Outgoing::Lost& lost);
  [[nodiscard]] Status TakeCommitted();
  [[nodiscard]] Status RaiseAlert(const Ended& ended, CaptureNumber number);
  [[nodiscard]] Status LookAround();
  [[nodiscard]] Status FollowLinks();

  [[nodiscard]] std::size_t Capacity();
  [[nodiscard]] Status RunTick(std::size_t capacity);
  [[nodiscard]] Status AddLinks(frontier::Tick& tick);
  [[nodiscard]] Status TakeUp(frontier::Task task);
  [[nodiscard]] UnderWayTask MakeTask(const jobs::Job& job, const std::string& host, std::string url);
  void SendPage(frontier::Task task, const jobs::Job& job, RobotsDesk::Advice advice);
  void SendErrand(const Errand& errand);
  [[nodiscard]] bool Send(UnderWayTask task, const jobs::Job& job);

  const config::Settings& settings_;
  Parts parts_;
  JobDesk desk_;
  RobotsDesk robots_;
  LinkFollower follower_;
  HashListFiles hash_lists_;
  store::Watermark disk_;
  MonoTime next_look_;
  std::optional<std::uint64_t> known_jobs_;  // revision of the jobs that the sessions know

  std::map<std::string, Ended> in_commit_;  // by fetch id: leases close only after the commit
  std::vector<Ended> ended_;                // for the next tick
  std::vector<FollowedPage> pages_;         // for the next tick

  // Captures below this are to be followed before a job has seen all its links; by job where it made any
  // since.
  const std::uint64_t first_capture_;
  std::map<JobId, std::uint64_t> captured_;
  MonoTime next_progress_;
  MonoTime next_stranded_log_;
  std::uint64_t progress_logged_ = 0;
};

}  // namespace nightjar::crawler
