// SPDX-License-Identifier: Apache-2.0
// How a job lies in the control store: table "jobs", key = the job's name, value = format byte 2, then the
// fields in the order of struct Job (base/codec.h). Texts: u32 count, then each. Windows: u32 count, then u8
// days, u32 begin, u32 end. A flag or enum: u8. Durations: i64 of their unit. A time: i64 microseconds since
// 1970 in UTC; an absent one (`at`): the least i64. `jitter`: the 64 bits of the double.
#pragma once

#include "base/bytes.h"
#include "crawler/jobs/job.h"

namespace nightjar::jobs {

[[nodiscard]] Bytes EncodeJob(const Job& job);
[[nodiscard]] Result<Job> DecodeJob(ByteView row);  // kCorrupt

}  // namespace nightjar::jobs
