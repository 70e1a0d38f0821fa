// SPDX-License-Identifier: Apache-2.0
// The table of a job's fields: each described once. Job files, the flags of `nightjar job add` and `edit`,
// JSON and the example all come from it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/jobs/job.h"

namespace nightjar::jobs {

struct JobField {
  enum class Kind { kText, kNumber, kFlag, kList };
  std::string_view name;  // in job files and JSON, with its section: "budget.pages"
  std::string_view flag;  // on the command line: "--pages"
  Kind kind;
  std::string_view help;  // a phrase for a person: what it is, and its form

  // The texts replace what was there: one for anything but a list. kInvalidInput says what the form is; rules
  // between fields are Validate()'s.
  Status (*set)(Job& job, std::span<const std::string> texts);
  // The inverse; an empty text or list where nothing is set.
  std::vector<std::string> (*get)(const Job& job);
};

// In the order of the example; the fields of a section stand together.
[[nodiscard]] std::span<const JobField> JobFields();
[[nodiscard]] const JobField* FindJobField(std::string_view name);

}  // namespace nightjar::jobs
