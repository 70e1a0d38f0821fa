// SPDX-License-Identifier: Apache-2.0
// The runs of each job: begun when and why, ended when and why, what they fetched. Written by the crawl role.
// Table "runs" of the control store: key = the job's name, 0 byte, number of the run (8 bytes big endian,
// from 1); value = format byte 1, u8 cause, i64 began, u8 end, i64 ended, u64 pages, u64 bytes.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace nightjar::jobs {

struct Run {
  // Stored: append only.
  enum class Cause : std::uint8_t { kAdded, kCron, kAt, kOrdered };
  enum class End : std::uint8_t {
    kOpen,       // it goes on
    kComplete,   // nothing was left to fetch
    kBudget,     // pages or bytes were spent
    kTime,       // its time was over
    kCancelled,  // the job was
    kReplaced,   // another run was ordered
  };
  JobId job;
  std::uint64_t number = 0;
  Cause cause = Cause::kAdded;
  UtcTime began;
  End end = End::kOpen;
  UtcTime ended;  // of one that ended
  std::uint64_t pages = 0;
  std::uint64_t bytes = 0;
  friend bool operator==(const Run&, const Run&) = default;
};
[[nodiscard]] std::string_view CauseName(Run::Cause cause);
[[nodiscard]] std::string_view EndName(Run::End end);

// Thread-safe, over processes too; each call is one transaction, durable when it returns.
class RunLog final {
 public:
  [[nodiscard]] static Result<std::unique_ptr<RunLog>> Open(const std::string& control_folder);
  ~RunLog();

  // The job's next run begins; one that is open ends as kReplaced.
  [[nodiscard]] Result<Run> Begin(const JobId& job, Run::Cause cause, UtcTime began);
  // Stores the run again, under its number: its end, or what it has fetched so far.
  [[nodiscard]] Status Put(const Run& run);

  [[nodiscard]] Result<std::map<JobId, Run>> Last() const;  // of each job that ever ran
  // Newest first, `most` at most.
  [[nodiscard]] Result<std::vector<Run>> Of(const JobId& job, std::size_t most) const;

 private:
  struct State;
  explicit RunLog(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::jobs
