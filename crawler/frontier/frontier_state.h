// SPDX-License-Identifier: Apache-2.0
// What Frontier and Tick share. For the files of this folder only.
#pragma once

#include <map>
#include <unordered_map>

#include "archive/store/writer_lock.h"
#include "crawler/frontier/frontier.h"
#include "crawler/frontier/rows.h"
#include "crawler/frontier/workbench.h"

namespace nightjar::frontier {

struct Job {
  JobTerms terms;  // `hosts` is empty here: the scope is on the disk
  scope::UrlMatcher matcher;
  JobRow row;
  std::uint64_t leased = 0;
  bool was_set = false;  // since this process began

  [[nodiscard]] bool Spent() const {
    return row.exchanges + leased >= terms.max_pages || (terms.max_bytes > 0 && row.bytes >= terms.max_bytes);
  }
  [[nodiscard]] bool MayRun() const { return terms.active && !Spent(); }
};

struct Leased {
  UrlPlace place;
  Moment until;
  std::uint64_t due = 0;  // its former place in the queue
  std::uint8_t tries = 0;
  bool was_fresh = false;  // it has no VisitRow
  bool to_begin = true;    // its request has not gone out, as far as is known
  HostRow host_before{};   // the host's politeness before and since, to undo it where nothing was sent
  HostRow host_since{};
};

// Why a lane leases nothing although its job runs. Bits.
inline constexpr std::uint8_t kHeld = 1;
inline constexpr std::uint8_t kOutOfScope = 2;

struct Frontier::State {
  Options options;
  store::WriterLock lock;
  std::shared_ptr<store::Env> env;
  Timeline timeline;

  Workbench bench;
  std::vector<Job> jobs;                                 // by number
  std::unordered_map<std::string, JobNumber> numbers;    // of jobs, by name
  std::unordered_map<LaneNumber, std::uint8_t> stopped;  // few: those that people or sessions stopped
  std::unordered_map<HostNumber, HostRule> rules;        // few: those that people made
  std::map<LeaseId, Leased> leases;  // at most the crawl's concurrency; ids rise with time
  std::uint64_t next_lease = 1;
  std::uint64_t cursor = 0;
  bool broken = false;  // a tick failed

  // The earliest moment at which the host may be asked again, for a task of this job.
  [[nodiscard]] Moment Allowed(HostNumber host, const Job& job) const;
  // How long this job leaves the host alone after a request.
  [[nodiscard]] std::chrono::milliseconds WaitAt(HostNumber host, const Job& job) const;
  // How many requests to a host may be under way for this job to add one.
  [[nodiscard]] std::uint32_t PerHost(const Job& job) const;
  // Whether what is under way at the host keeps this job from adding to it.
  [[nodiscard]] bool Busy(HostNumber host, const Job& job) const;
  // The parked lanes of the host are to be looked at as soon as it may be asked.
  void Free(HostNumber host);
  [[nodiscard]] bool Stopped(LaneNumber lane) const;
  // The moment from which the lane counts in the order between lanes; less is earlier.
  [[nodiscard]] Moment Rank(JobNumber job, Moment turn) const {
    return turn - kPriorityStep * static_cast<int>(jobs.at(job).terms.priority);
  }
  [[nodiscard]] Result<JobNumber> NumberOf(const JobId& job) const;
  // All lanes of a job are to be looked at again, for what they waited for may have changed.
  void WakeLanesOf(JobNumber job, Moment now);

  // The running of an Open(): all rows that memory keeps.
  [[nodiscard]] Status Load(const store::ReadTxn& txn);
};

// Calls `take(key, value)` for every row of a table whose key begins with `prefix`, in key order.
template <typename Take>
Status ForEachRow(const store::ReadTxn& txn, store::Table table, ByteView prefix, const Take& take) {
  ASSIGN_OR_RETURN(auto cursor, txn.Open(table));
  ASSIGN_OR_RETURN(auto entry, cursor.Seek(prefix));
  while (entry && entry->key.starts_with(prefix)) {
    RETURN_IF_ERROR(take(entry->key, entry->value));
    ASSIGN_OR_RETURN(entry, cursor.Next());
  }
  return {};
}

[[nodiscard]] Result<std::optional<TimeMark>> ReadMark(const store::ReadTxn& txn);
[[nodiscard]] Result<std::uint64_t> ReadCursor(const store::ReadTxn& txn);

}  // namespace nightjar::frontier
