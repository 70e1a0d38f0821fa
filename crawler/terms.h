// SPDX-License-Identifier: Apache-2.0
// What a job in the control store means to the frontier.
#pragma once

#include "crawler/frontier/job_terms.h"
#include "crawler/jobs/job.h"

namespace nightjar::crawler {

[[nodiscard]] frontier::JobTerms TermsOf(const jobs::Job& job);

}  // namespace nightjar::crawler
