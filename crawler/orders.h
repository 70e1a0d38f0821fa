// SPDX-License-Identifier: Apache-2.0
// One-off orders of people: takes the open requests out of the control store, applies them to the frontier in
// a tick, and writes down what came of each once the tick is durable.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "crawler/frontier/frontier.h"
#include "crawler/jobs/job.h"
#include "crawler/jobs/requests.h"

namespace nightjar::crawler {

// One thread. In turn: Read(), Apply() in a tick if anything waits, Committed() after the tick's commit.
class Orders final {
 public:
  explicit Orders(std::unique_ptr<jobs::Requests> requests) : requests_(std::move(requests)) {}

  [[nodiscard]] Status Read();
  [[nodiscard]] bool waiting() const { return !open_.empty(); }

  // A request that cannot be done (no such job, no such host) fails for itself; only what breaks the tick
  // fails here.
  [[nodiscard]] Status Apply(frontier::Tick& tick, const std::map<JobId, jobs::Job>& jobs);

  // Writes the results down. Returns the jobs whose next run was ordered.
  [[nodiscard]] Result<std::vector<JobId>> Committed(UtcTime now);

 private:
  [[nodiscard]] Result<std::string> ApplyOne(frontier::Tick& tick, const std::map<JobId, jobs::Job>& jobs,
                                             const jobs::Request& request);

  const std::unique_ptr<jobs::Requests> requests_;
  std::vector<jobs::Request> open_;
  std::vector<std::pair<jobs::RequestId, Result<std::string>>> applied_;
  std::vector<JobId> runs_;
};

}  // namespace nightjar::crawler
