// SPDX-License-Identifier: Apache-2.0
// Jobs: what an administrator ordered to be crawled, for which case, within which bounds. Kept in the control
// store; the command line and the service write, the crawl role reads.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace nightjar::jobs {

enum class JobState : std::uint8_t { kActive, kPaused, kCancelled };
[[nodiscard]] std::string_view JobStateName(JobState state);

inline constexpr std::size_t kMaxSeeds = 100'000;  // also the most hosts a job may name

struct Job {
  JobId id;
  CaseId case_id;
  std::string legal_basis;                // copied from the case when the job is added
  std::vector<std::string> seeds;         // normalised URLs
  std::vector<std::string> hosts;         // scope: onion hosts, sub-domains included; default: the seeds'
  std::uint32_t max_depth = 8;            // links from a seed
  std::uint64_t max_pages = 10000;        // exchanges, failures included
  std::chrono::milliseconds delay{1000};  // least time between two requests to one host
  double jitter = 0.5;                    // each wait is delay * (1 + jitter * u), u uniform in [0, 1)
  std::string persona;                    // name of an account to crawl as; empty: none
  JobState state = JobState::kActive;
  UtcTime created;
};

// Checks every rule a job must keep (names, legal basis, at least one seed, every seed an http(s) URL on a v3
// onion whose checksum holds, seeds inside the hosts, bounds) and fills defaults. Errors name the offending
// seed or field.
[[nodiscard]] Result<Job> Validate(Job untrusted_job);

// Thread-safe; several processes may have it open. Each call is one transaction, durable when it returns.
class JobStore final {
 public:
  [[nodiscard]] static Result<std::unique_ptr<JobStore>> Open(const std::string& control_folder);
  ~JobStore();
  [[nodiscard]] Status Add(const Job& job);  // kAlreadyExists
  [[nodiscard]] Result<Job> Get(const JobId& id) const;
  [[nodiscard]] Result<std::vector<Job>> List() const;
  // kNotFound; kRefused when the job was cancelled: that is final.
  [[nodiscard]] Status SetState(const JobId& id, JobState state);

 private:
  struct State;
  explicit JobStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::jobs
