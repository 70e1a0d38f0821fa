// SPDX-License-Identifier: Apache-2.0
// Requests that are no URLs of a queue: they keep to the host's politeness like all others.
#include "base/site_host.h"
#include "crawler/frontier/tick_work.h"

namespace nightjar::frontier {

Result<bool> Tick::Borrow(const JobId& id, const std::string& host) {
  ASSIGN_OR_RETURN(const JobNumber job, work_->state.NumberOf(id));
  ASSIGN_OR_RETURN(const SiteHost site, SiteHost::Parse(host));
  ASSIGN_OR_RETURN(const LaneNumber lane, work_->FindOrMakeLane(job, site.name()));
  const HostNumber number = work_->state.bench.host_of(lane);
  const auto rule = work_->state.rules.find(number);
  if (rule != work_->state.rules.end() && rule->second.blocked) return false;
  const Job& terms = work_->JobOf(lane);
  if (work_->state.Busy(number, terms) || work_->state.Allowed(number, terms) > work_->now) return false;
  work_->TouchHost(lane);
  return true;
}

Status Tick::GiveBack(const JobId& id, const std::string& host) {
  ASSIGN_OR_RETURN(const JobNumber job, work_->state.NumberOf(id));
  ASSIGN_OR_RETURN(const SiteHost site, SiteHost::Parse(host));
  ASSIGN_OR_RETURN(const auto lane, work_->FindLane(job, site.name()));
  if (!lane) return Fail(Code::kInternal, "a host is given back that was never borrowed", host);
  const HostNumber number = work_->state.bench.host_of(*lane);
  Workbench::Host& borrowed = work_->state.bench.host(number);
  borrowed.politeness.touched = work_->now;
  --borrowed.under_way;
  --borrowed.to_begin;  // when it went out is not told: until its end the host gives nothing else
  work_->changed_hosts.insert(number);
  work_->state.Free(number);
  return {};
}

}  // namespace nightjar::frontier
