// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/run_log.h"

#include <array>

#include "archive/store/store.h"
#include "base/codec.h"

namespace nightjar::jobs {
namespace {

constexpr store::Table kRuns{0};
constexpr std::uint8_t kFormat = 1;
constexpr std::array<std::string_view, 4> kCauseNames = {"added", "cron", "at", "ordered"};
constexpr std::array<std::string_view, 6> kEndNames = {"open", "complete",  "budget",
                                                       "time", "cancelled", "replaced"};
constexpr std::size_t kNumberSize = 8;

std::string Key(const JobId& job, std::uint64_t number) { return job.value + '\0' + BigEndianKey(number); }

Bytes Encode(const Run& run) {
  return Encoder()
      .U8(kFormat)
      .U8(static_cast<std::uint8_t>(run.cause))
      .I64(UnixMicros(run.began))
      .U8(static_cast<std::uint8_t>(run.end))
      .I64(UnixMicros(run.ended))
      .U64(run.pages)
      .U64(run.bytes)
      .Take();
}

Result<Run> Decode(const store::Cursor::Entry& entry) {
  Decoder row(entry.value);
  const std::uint8_t format = row.U8();
  const std::uint8_t cause = row.U8();
  Run run;
  run.began = FromUnixMicros(row.I64());
  const std::uint8_t end = row.U8();
  run.ended = FromUnixMicros(row.I64());
  run.pages = row.U64();
  run.bytes = row.U64();
  RETURN_IF_ERROR(row.Finish("a run of a job"));
  if (format != kFormat || cause >= kCauseNames.size() || end >= kEndNames.size() ||
      entry.key.size() <= kNumberSize + 1)
    return Fail(Code::kCorrupt, "a run of a job has a value that none can have");
  run.cause = static_cast<Run::Cause>(cause);
  run.end = static_cast<Run::End>(end);
  run.number = FromBigEndianKey(entry.key.substr(entry.key.size() - kNumberSize));
  run.job.value = entry.key.substr(0, entry.key.size() - kNumberSize - 1);
  return run;
}

// The run with the highest number below `bound`, if the job has one.
Result<std::optional<Run>> Before(store::Cursor& cursor, const JobId& job, std::uint64_t bound) {
  ASSIGN_OR_RETURN(auto entry, cursor.Seek(Key(job, bound)));
  auto previous = entry ? cursor.Previous() : cursor.Last();
  if (!previous) return tl::unexpected<Error>(std::move(previous).error());
  if (!*previous) return std::nullopt;
  ASSIGN_OR_RETURN(Run run, Decode(**previous));
  if (run.job != job) return std::nullopt;
  return run;
}

constexpr std::uint64_t kNoBound = UINT64_MAX;

}  // namespace

std::string_view CauseName(Run::Cause cause) { return kCauseNames.at(static_cast<std::size_t>(cause)); }
std::string_view EndName(Run::End end) { return kEndNames.at(static_cast<std::size_t>(end)); }

struct RunLog::State {
  std::shared_ptr<store::Env> env;
};

RunLog::RunLog(std::unique_ptr<State> state) : state_(std::move(state)) {}
RunLog::~RunLog() = default;

Result<std::unique_ptr<RunLog>> RunLog::Open(const std::string& control_folder) {
  ASSIGN_OR_RETURN(auto env, store::Env::Open({.folder = control_folder, .tables = {"runs"}}));
  return std::unique_ptr<RunLog>(new RunLog(std::make_unique<State>(State{std::move(env)})));
}

Result<Run> RunLog::Begin(const JobId& job, Run::Cause cause, UtcTime began) {
  Run run;
  run.job = job;
  run.cause = cause;
  run.began = began;
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kRuns));
  ASSIGN_OR_RETURN(auto last, Before(cursor, run.job, kNoBound));
  run.number = last ? last->number + 1 : 1;
  if (last && last->end == Run::End::kOpen) {
    last->end = Run::End::kReplaced;
    last->ended = run.began;
    RETURN_IF_ERROR(txn.Put(kRuns, Key(last->job, last->number), Encode(*last)));
  }
  RETURN_IF_ERROR(txn.Put(kRuns, Key(run.job, run.number), Encode(run)));
  RETURN_IF_ERROR(txn.Commit());
  return run;
}

Status RunLog::Put(const Run& run) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  RETURN_IF_ERROR(txn.Put(kRuns, Key(run.job, run.number), Encode(run)));
  return txn.Commit();
}

Result<std::map<JobId, Run>> RunLog::Last() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kRuns));
  std::map<JobId, Run> last;
  ASSIGN_OR_RETURN(auto entry, cursor.Last());
  while (entry) {
    ASSIGN_OR_RETURN(Run run, Decode(*entry));
    const JobId job = run.job;
    last.emplace(job, std::move(run));
    ASSIGN_OR_RETURN(entry, cursor.Seek(Key(job, 0)));  // the job's first run
    ASSIGN_OR_RETURN(entry, cursor.Previous());
  }
  return last;
}

Result<std::vector<Run>> RunLog::Of(const JobId& job, std::size_t most) const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kRuns));
  std::vector<Run> runs;
  std::uint64_t bound = kNoBound;
  while (runs.size() < most) {
    ASSIGN_OR_RETURN(auto run, Before(cursor, job, bound));
    if (!run) break;
    bound = run->number;
    runs.push_back(std::move(*run));
  }
  return runs;
}

}  // namespace nightjar::jobs
