// SPDX-License-Identifier: Apache-2.0
// The flags of `nightjar job add` and `edit`: one for each line of the table of a job's fields.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "crawler/jobs/job_fields.h"

namespace nightjar::cli {

struct GivenField {
  const jobs::JobField* field = nullptr;
  std::vector<std::string> texts;
  CLI::Option* option = nullptr;
};
using GivenFields = std::vector<GivenField>;

// Adds the flags, but for those in `without`; what was given stands in the result once the line is parsed.
[[nodiscard]] std::shared_ptr<GivenFields> AddJobFlags(CLI::App& verb,
                                                       const std::vector<std::string>& without);

// Sets the fields that were given. A list given as one empty text is an empty list. kInvalidInput names the
// flag.
[[nodiscard]] Status SetGiven(jobs::Job& job, const GivenFields& fields);

}  // namespace nightjar::cli
