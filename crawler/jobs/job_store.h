// SPDX-License-Identifier: Apache-2.0
// The jobs in the control store: table "jobs", and "control", which holds a number that every change raises.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "crawler/jobs/job.h"

namespace nightjar::jobs {

// Thread-safe; several processes may have it open. Each call is one transaction, durable when it returns.
class JobStore final {
 public:
  [[nodiscard]] static Result<std::unique_ptr<JobStore>> Open(const std::string& control_folder);
  ~JobStore();

  // kAlreadyExists, also when a removed job had that name: records bear it, and it never means another order.
  [[nodiscard]] Status Add(const Job& job);
  [[nodiscard]] Result<Job> Get(const JobId& id) const;  // kNotFound
  [[nodiscard]] Result<std::vector<Job>> List() const;   // by name, without removed ones
  [[nodiscard]] Result<std::vector<Job>> ListEver()
      const;                                             // by name, with them: their captures are still here
  [[nodiscard]] Result<std::uint64_t> Revision() const;  // grows with every change

  // Replaces a job by what `change` makes of it; no other change comes between. The name, case and time of
  // creation stay. kNotFound, or whatever `change` fails with.
  [[nodiscard]] Result<Job> Update(const JobId& id, const std::function<Result<Job>(Job)>& change);

  // kNotFound; kRefused when the job was cancelled: that is final, but for its removal.
  [[nodiscard]] Status SetState(const JobId& id, JobState state);

 private:
  struct State;
  explicit JobStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::jobs
