// SPDX-License-Identifier: Apache-2.0
// What is due, and what an order means: both read every row of the archive (some ten microseconds each).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "archive/captures/archive.h"
#include "archive/retention/holds.h"
#include "archive/retention/orders.h"
#include "config/retention_classes.h"

namespace nightjar::retention {

// How long captures of a job are kept. Captures of jobs that are not known (imported ones) have the class
// "standard". A job whose class is not in the settings is never due: somebody must decide.
class Clocks final {
 public:
  Clocks(std::vector<config::RetentionClass> classes, std::map<JobId, std::string> class_of_job);
  [[nodiscard]] std::string ClassName(const JobId& job) const;
  // Null where the class is not in the settings.
  [[nodiscard]] const config::RetentionClass* Find(const JobId& job) const;

 private:
  std::vector<config::RetentionClass> classes_;
  std::map<JobId, std::string> class_of_job_;
};

// The captures of one class at one host in one case.
struct DueRow {
  CaseId case_id;
  std::string host;  // "-" where none is known
  std::string class_name;
  bool known_class = true;
  std::uint64_t captures = 0;
  UtcTime oldest;                // when the archive took it
  std::uint64_t review_due = 0;  // past their review date, those past the other one too
  std::uint64_t erase_due = 0;   // past their erase date and not held
  std::uint64_t held = 0;        // by a hold that is in force
  std::uint64_t restricted = 0;
};
// By case, host, class. kCorrupt: a capture cannot be read; scrub tells more.
[[nodiscard]] Result<std::vector<DueRow>> Survey(const captures::Reader& archive, const Clocks& clocks,
                                                 const HeldCaptures& held, UtcTime now);

struct Plan {
  evidence::NumberRanges erase;
  evidence::NumberRanges restrict;         // held, and not restricted before
  std::vector<std::string> emptied_hosts;  // that are meant, and of which no case has a capture left
};
// What the order means now. Captures that cannot be read are passed over: a damaged capture is looked into
// by a person first.
[[nodiscard]] Result<Plan> PlanErasure(const captures::Reader& archive, const Selection& selection,
                                       const Clocks& clocks, const HeldCaptures& held);

}  // namespace nightjar::retention
