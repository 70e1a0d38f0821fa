// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/job_store.h"

#include "archive/store/store.h"
#include "base/codec.h"
#include "crawler/jobs/job_row.h"

namespace nightjar::jobs {
namespace {

constexpr store::Table kJobs{0};
constexpr store::Table kControl{1};
constexpr std::string_view kRevision = "jobs-revision";

Result<Job> Read(const store::ReadTxn& txn, const JobId& id) {
  RETURN_IF_ERROR(CheckName("job", id.value));
  ASSIGN_OR_RETURN(const auto row, txn.Get(kJobs, id.value));
  const auto job = row ? DecodeJob(*row) : Fail(Code::kNotFound, "");
  if (row && !job) return tl::unexpected<Error>(job.error());
  if (!row || job->state == JobState::kRemoved)
    return Fail(Code::kNotFound, "there is no such job; `nightjar job list` shows them", id.value);
  return *job;
}

Result<std::uint64_t> ReadRevision(const store::ReadTxn& txn) {
  ASSIGN_OR_RETURN(const auto row, txn.Get(kControl, kRevision));
  return row ? FromBigEndianKey(*row) : 0;
}

Status Write(store::WriteTxn txn, const Job& job) {
  RETURN_IF_ERROR(txn.Put(kJobs, job.id.value, EncodeJob(job)));
  ASSIGN_OR_RETURN(const std::uint64_t revision, ReadRevision(txn));
  RETURN_IF_ERROR(txn.Put(kControl, kRevision, BigEndianKey(revision + 1)));
  return txn.Commit();
}

}  // namespace

struct JobStore::State {
  std::shared_ptr<store::Env> env;
};

JobStore::JobStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
JobStore::~JobStore() = default;

Result<std::unique_ptr<JobStore>> JobStore::Open(const std::string& control_folder) {
  store::Options options;
  options.folder = control_folder;
  options.tables = {"jobs", "control"};
  ASSIGN_OR_RETURN(auto env, store::Env::Open(options));
  return std::unique_ptr<JobStore>(new JobStore(std::make_unique<State>(State{std::move(env)})));
}

Status JobStore::Add(const Job& job) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  ASSIGN_OR_RETURN(const auto row, txn.Get(kJobs, job.id.value));
  if (!row) return Write(std::move(txn), job);
  ASSIGN_OR_RETURN(const Job there, DecodeJob(*row));
  if (there.state == JobState::kRemoved)
    return Fail(Code::kAlreadyExists, "a removed job had this name, and records bear it; choose another",
                job.id.value);
  return Fail(Code::kAlreadyExists, "a job of this name exists already", job.id.value);
}

Result<Job> JobStore::Get(const JobId& id) const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  return Read(txn, id);
}

Result<std::vector<Job>> JobStore::List() const {
  ASSIGN_OR_RETURN(auto jobs, ListEver());
  std::erase_if(jobs, [](const Job& job) { return job.state == JobState::kRemoved; });
  return jobs;
}

Result<std::vector<Job>> JobStore::ListEver() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  ASSIGN_OR_RETURN(auto cursor, txn.Open(kJobs));
  std::vector<Job> jobs;
  ASSIGN_OR_RETURN(auto entry, cursor.First());
  while (entry) {
    ASSIGN_OR_RETURN(auto job, DecodeJob(entry->value));
    jobs.push_back(std::move(job));
    ASSIGN_OR_RETURN(entry, cursor.Next());
  }
  return jobs;
}

Result<std::uint64_t> JobStore::Revision() const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  return ReadRevision(txn);
}

Result<Job> JobStore::Update(const JobId& id, const std::function<Result<Job>(Job)>& change) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  ASSIGN_OR_RETURN(const Job before, Read(txn, id));
  ASSIGN_OR_RETURN(Job after, change(before));
  after.id = before.id;
  after.case_id = before.case_id;
  after.created = before.created;
  RETURN_IF_ERROR(Write(std::move(txn), after));
  return after;
}

Status JobStore::SetState(const JobId& id, JobState state) {
  const auto changed = Update(id, [&](Job job) -> Result<Job> {
    const bool final = job.state == JobState::kCancelled;
    if (final && state != JobState::kCancelled && state != JobState::kRemoved)
      return Fail(Code::kRefused, "a cancelled job stays cancelled; add a new one", id.value);
    job.state = state;
    return job;
  });
  if (!changed) return tl::unexpected<Error>(changed.error());
  return {};
}

}  // namespace nightjar::jobs
