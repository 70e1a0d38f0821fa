// SPDX-License-Identifier: Apache-2.0
// The first gate of the blocklist: a job that names a listed host is not taken at all.
#pragma once

#include "archive/blocklist/blocklist.h"
#include "crawler/jobs/job.h"

namespace nightjar::jobs {

// kRefused when a seed or a host of the job's scope is listed. The message gives the SHA-256 of the host, not
// its name: what a person mistyped or was sent need not be spread by our logs.
[[nodiscard]] Status RefuseBlocked(const Job& job, const blocklist::Blocklist& list);

}  // namespace nightjar::jobs
