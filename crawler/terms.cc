// SPDX-License-Identifier: Apache-2.0
#include "crawler/terms.h"

namespace nightjar::crawler {

frontier::JobTerms TermsOf(const jobs::Job& job) {
  return {.id = job.id,
          .active = job.state == jobs::JobState::kActive,
          .hosts = job.hosts,
          .max_depth = job.max_depth,
          .max_pages = job.max_pages,
          .delay = job.delay,
          .jitter = job.jitter};
}

}  // namespace nightjar::crawler
