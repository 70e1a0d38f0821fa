// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/job_row.h"

#include <bit>

#include "base/codec.h"

namespace nightjar::jobs {
namespace {

constexpr std::uint8_t kFormat = 1;

void PutTexts(Encoder& row, const std::vector<std::string>& texts) {
  row.U32(static_cast<std::uint32_t>(texts.size()));
  for (const auto& text : texts) row.Str(text);
}

std::vector<std::string> TakeTexts(Decoder& row) {
  std::vector<std::string> texts(row.Count(kMaxSeeds, sizeof(std::uint32_t)));
  for (auto& text : texts) text = row.Str();
  return texts;
}

}  // namespace

Bytes EncodeJob(const Job& job) {
  Encoder row;
  row.U8(kFormat).Str(job.id.value).Str(job.case_id.value).Str(job.legal_basis);
  PutTexts(row, job.seeds);
  PutTexts(row, job.hosts);
  row.U32(job.max_depth).U64(job.max_pages).I64(job.delay.count());
  row.U64(std::bit_cast<std::uint64_t>(job.jitter)).Str(job.persona);
  row.U8(static_cast<std::uint8_t>(job.state)).I64(UnixMicros(job.created));
  return row.Take();
}

Result<Job> DecodeJob(ByteView bytes) {
  Decoder row(bytes);
  if (row.U8() != kFormat)
    return Fail(Code::kCorrupt, "a job is stored in a format this version cannot read");
  Job job;
  job.id.value = row.Str();
  job.case_id.value = row.Str();
  job.legal_basis = row.Str();
  job.seeds = TakeTexts(row);
  job.hosts = TakeTexts(row);
  job.max_depth = row.U32();
  job.max_pages = row.U64();
  job.delay = std::chrono::milliseconds(row.I64());
  job.jitter = std::bit_cast<double>(row.U64());
  job.persona = row.Str();
  const std::uint8_t state = row.U8();
  job.created = FromUnixMicros(row.I64());
  RETURN_IF_ERROR(row.Finish("a stored job"));
  if (state > static_cast<std::uint8_t>(JobState::kCancelled))
    return Fail(Code::kCorrupt, "a stored job has an unknown state", job.id.value);
  job.state = static_cast<JobState>(state);
  return job;
}

}  // namespace nightjar::jobs
