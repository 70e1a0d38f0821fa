// SPDX-License-Identifier: Apache-2.0
// A job as the frontier needs it.
#pragma once

#include "crawler/frontier/job_terms.h"
#include "crawler/jobs/job.h"

namespace nightjar::crawler {

// `open`: tasks may be leased for it now.
[[nodiscard]] frontier::JobTerms TermsOf(const jobs::Job& job, bool open);

}  // namespace nightjar::crawler
