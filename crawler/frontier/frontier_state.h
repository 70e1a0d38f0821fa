// SPDX-License-Identifier: Apache-2.0
// What Frontier and Tick share. For the files of this folder only.
#pragma once

#include <map>
#include <unordered_map>
#include <unordered_set>

#include "archive/store/writer_lock.h"
#include "crawler/frontier/frontier.h"
#include "crawler/frontier/workbench.h"

namespace nightjar::frontier {

inline constexpr std::string_view kMarkKey = "mark";      // in table meta: TimeMark
inline constexpr std::string_view kCursorKey = "cursor";  // in table meta: eight bytes, big endian

struct Job {
  JobTerms terms;
  std::unordered_set<std::string> hosts;
  JobRow row;
  std::uint64_t leased = 0;
  bool running = false;  // its lanes are scheduled

  [[nodiscard]] bool MayRun() const { return terms.active && row.exchanges + leased < terms.max_pages; }
};

struct Leased {
  JobNumber job = 0;
  UrlHash hash{};
  Moment until;
};

struct Frontier::State {
  Options options;
  store::WriterLock lock;
  std::shared_ptr<store::Env> env;
  Timeline timeline;

  Workbench bench;
  std::vector<Job> jobs;                               // by number
  std::unordered_map<std::string, JobNumber> numbers;  // of jobs, by name
  std::map<LeaseId, Leased> leases;                    // at most the crawl's concurrency; ids rise with time
  std::uint64_t next_lease = 1;
  std::uint64_t cursor = 0;
  bool broken = false;  // a tick failed

  // The earliest moment at which the host may be asked again, for a task of this job.
  [[nodiscard]] Moment Allowed(HostNumber host, const Job& job);

  // Schedules or unschedules the lanes of a job that may run now, or may not any more.
  void UpdateRunning(JobNumber job);

  // The running of an Open(): all rows that memory keeps.
  [[nodiscard]] Status Load(const store::ReadTxn& txn);
};

}  // namespace nightjar::frontier
