// SPDX-License-Identifier: Apache-2.0
// A job's rules about URLs, as crawler/scope wants them.
#pragma once

#include "crawler/jobs/job.h"
#include "crawler/scope/url_rules.h"

namespace nightjar::jobs {

[[nodiscard]] inline scope::UrlRules RulesOf(const Job& job) {
  return {.include = job.include,
          .exclude = job.exclude,
          .strip_params = job.strip_params,
          .keep_session_params = job.keep_session_params,
          .sort_query = job.sort_query};
}

}  // namespace nightjar::jobs
