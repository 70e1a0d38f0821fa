// SPDX-License-Identifier: Apache-2.0
#include "archive/store/store.h"
#include "crawler/jobs/job.h"
#include "crawler/jobs/job_row.h"

namespace nightjar::jobs {
namespace {

constexpr store::Table kJobs{0};

Result<Job> Read(const store::ReadTxn& txn, const JobId& id) {
  RETURN_IF_ERROR(CheckName("job", id.value));
  ASSIGN_OR_RETURN(const auto row, txn.Get(kJobs, id.value));
  if (!row) return Fail(Code::kNotFound, "there is no such job; `nightjar job list` shows them", id.value);
  return DecodeJob(*row);
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
  options.tables = {"jobs"};
  ASSIGN_OR_RETURN(auto env, store::Env::Open(options));
  return std::unique_ptr<JobStore>(new JobStore(std::make_unique<State>(State{std::move(env)})));
}

Status JobStore::Add(const Job& job) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  ASSIGN_OR_RETURN(const bool added, txn.PutNew(kJobs, job.id.value, EncodeJob(job)));
  if (!added) return Fail(Code::kAlreadyExists, "a job of this name exists already", job.id.value);
  return txn.Commit();
}

Result<Job> JobStore::Get(const JobId& id) const {
  ASSIGN_OR_RETURN(const auto txn, state_->env->Read());
  return Read(txn, id);
}

Result<std::vector<Job>> JobStore::List() const {
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

Status JobStore::SetState(const JobId& id, JobState state) {
  ASSIGN_OR_RETURN(auto txn, state_->env->Write());
  ASSIGN_OR_RETURN(Job job, Read(txn, id));
  if (job.state == JobState::kCancelled && state != JobState::kCancelled)
    return Fail(Code::kRefused, "a cancelled job stays cancelled; add a new one", id.value);
  job.state = state;
  RETURN_IF_ERROR(txn.Put(kJobs, id.value, EncodeJob(job)));
  return txn.Commit();
}

}  // namespace nightjar::jobs
