// SPDX-License-Identifier: Apache-2.0
// The tasks that a fetcher has, and the check of what it says about them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "archive/captures/record.h"
#include "crawler/frontier/frontier.h"
#include "crawler/handover/messages.h"
#include "crawler/routes/routes.h"

namespace nightjar::crawler {

struct UnderWayTask {
  frontier::LeaseId lease;  // 0: none, for an errand
  handover::Task task;
  routes::Identity identity;
  std::size_t way = 0;      // whose fetcher has it
  std::string errand = {};  // the session whose own request it is; empty: a URL of the frontier
};

// One thread.
class UnderWay final {
 public:
  void Add(UnderWayTask task);
  [[nodiscard]] std::size_t size() const { return tasks_.size(); }

  struct Answer {
    UnderWayTask asked;
    captures::Record record;
  };
  // Takes out the task that `untrusted_done` answers. kRefused: it answers none, or its record speaks of
  // another URL, job, case, legal basis, route or fetch than that fetcher was asked for, or of anything but
  // a refusal where the task was one; such a fetcher is not to be believed any more.
  [[nodiscard]] Result<Answer> Match(const handover::Done& untrusted_done, std::size_t way);

  // Nothing: that fetcher has no such task.
  [[nodiscard]] std::optional<frontier::LeaseId> LeaseOf(const std::string& fetch_id, std::size_t way) const;

  // Takes out all of a way: the fetcher that had them is gone.
  [[nodiscard]] std::vector<UnderWayTask> TakeAll(std::size_t way);

 private:
  std::map<std::string, UnderWayTask> tasks_;  // by fetch id
};

}  // namespace nightjar::crawler
