// SPDX-License-Identifier: Apache-2.0
#include "crawler/orders.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.h"

namespace nightjar::crawler {
namespace {

using jobs::Request;

// The order's own fault; anything else is the store's, and ends the crawl.
bool IsOwnFault(Code code) {
  return code == Code::kNotFound || code == Code::kInvalidInput || code == Code::kRefused;
}

}  // namespace

Status Orders::Read() {
  ASSIGN_OR_RETURN(open_, requests_->Open());
  return {};
}

Result<std::string> Orders::ApplyOne(frontier::Tick& tick, const std::map<JobId, jobs::Job>& jobs,
                                     const Request& request) {
  switch (request.what) {
    case Request::What::kRunNow: {
      const auto job = jobs.find(request.job);
      if (job == jobs.end()) return Fail(Code::kNotFound, "there is no such job any more", request.job.value);
      if (job->second.state != jobs::JobState::kActive)
        return Fail(Code::kRefused, fmt::format("the job is {}", JobStateName(job->second.state)),
                    request.job.value);
      RETURN_IF_ERROR(tick.StartRun(request.job));
      if (std::ranges::find(runs_, request.job) == runs_.end()) runs_.push_back(request.job);
      return fmt::format("job {}: its next run has begun", request.job.value);
    }
    case Request::What::kRetryHost: {
      ASSIGN_OR_RETURN(const std::uint64_t retried, tick.RetryHost(request.host));
      return fmt::format("{} URL(s) of {} are due now", retried, request.host);
    }
    case Request::What::kDrop: {
      frontier::DropFilter filter;
      if (!request.host.empty()) filter.host = request.host;
      filter.url_prefix = request.url_prefix;
      ASSIGN_OR_RETURN(const std::uint64_t dropped, tick.Drop(request.job, filter));
      return fmt::format("{} waiting URL(s) of job {} dropped", dropped, request.job.value);
    }
  }
  return Fail(Code::kInvalidInput, "an order that this version does not know");
}

Status Orders::Apply(frontier::Tick& tick, const std::map<JobId, jobs::Job>& jobs) {
  for (const Request& request : open_) {
    auto result = ApplyOne(tick, jobs, request);
    if (!result && !IsOwnFault(result.error().code)) return tl::unexpected<Error>(result.error());
    applied_.emplace_back(request.id, std::move(result));
  }
  open_.clear();
  return {};
}

Result<std::vector<JobId>> Orders::Committed(UtcTime now) {
  for (const auto& [id, result] : applied_) {
    log::info("request {}: {}", id.value, result ? *result : result.error().Format());
    RETURN_IF_ERROR(requests_->Finish(id, result, now));
  }
  applied_.clear();
  return std::exchange(runs_, {});
}

}  // namespace nightjar::crawler
