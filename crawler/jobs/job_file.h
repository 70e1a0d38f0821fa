// SPDX-License-Identifier: Apache-2.0
// A job as a YAML file: the fields of job_fields.h under their names, "name" first. Fields left out keep
// their defaults.
#pragma once

#include <string>

#include "crawler/jobs/job.h"

namespace nightjar::jobs {

// Strict: an unknown field, one given twice, a list where a value belongs or the other way round, a value of
// the wrong form. kInvalidInput with "file:line". The result is still to be validated.
[[nodiscard]] Result<Job> ParseJobFile(const std::string& yaml, const std::string& file);

// A complete file with every field, its meaning and the values of `job`.
[[nodiscard]] std::string FormatJobFile(const Job& job);

}  // namespace nightjar::jobs
