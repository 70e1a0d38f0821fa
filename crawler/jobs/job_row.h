// SPDX-License-Identifier: Apache-2.0
// How a job lies in the control store: table "jobs", key = the job's name, value = format byte 1, then the
// fields in the order of struct Job (base/codec.h).
#pragma once

#include "base/bytes.h"
#include "crawler/jobs/job.h"

namespace nightjar::jobs {

[[nodiscard]] Bytes EncodeJob(const Job& job);
[[nodiscard]] Result<Job> DecodeJob(ByteView row);  // kCorrupt

}  // namespace nightjar::jobs
