// SPDX-License-Identifier: Apache-2.0
#include "archive/retention/survey.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/site_host.h"

namespace nightjar::retention {
namespace {

using captures::CaptureRow;

constexpr std::string_view kStandard = "standard";

std::string HostOf(const captures::Record& record) {
  const auto host = SiteHost::OfUrl(record.url);
  return host ? host->name() : "-";
}

bool IsDue(const config::RetentionClass* clock, std::chrono::days config::RetentionClass::*span,
           const captures::Record& record, UtcTime now) {
  return clock != nullptr && record.ended + clock->*span <= now;
}

// Every capture that still has a record: not rejections, leaves of the log, erased ones.
template <typename Each>
Status ForEach(const captures::Reader& archive, Each&& each) {
  ASSIGN_OR_RETURN(const std::uint64_t size, archive.Size());
  for (std::uint64_t n = 0; n < size; ++n) {
    const auto row = archive.GetRow({n}, captures::Restricted::kShow);
    RETURN_IF_ERROR(each(row, CaptureNumber{n}));
  }
  return {};
}

}  // namespace

Clocks::Clocks(std::vector<config::RetentionClass> classes, std::map<JobId, std::string> class_of_job)
    : classes_(std::move(classes)), class_of_job_(std::move(class_of_job)) {}

std::string Clocks::ClassName(const JobId& job) const {
  const auto known = class_of_job_.find(job);
  return known == class_of_job_.end() ? std::string(kStandard) : known->second;
}

const config::RetentionClass* Clocks::Find(const JobId& job) const {
  const auto found = std::ranges::find(classes_, ClassName(job), &config::RetentionClass::name);
  return found == classes_.end() ? nullptr : &*found;
}

Result<std::vector<DueRow>> Survey(const captures::Reader& archive, const Clocks& clocks,
                                   const HeldCaptures& held, UtcTime now) {
  std::map<std::tuple<std::string, std::string, std::string>, DueRow> rows;
  const auto count = [&](const Result<CaptureRow>& read, CaptureNumber number) -> Status {
    if (!read) return tl::unexpected<Error>(read.error());
    if (!read->rejected.empty()) return {};
    const captures::Record& record = read->record;
    const auto* clock = clocks.Find(record.job);
    DueRow& row = rows[{record.case_id.value, HostOf(record), clocks.ClassName(record.job)}];
    if (row.captures++ == 0) row.oldest = record.ended;
    row.oldest = std::min(row.oldest, record.ended);
    row.known_class = clock != nullptr;
    row.review_due += IsDue(clock, &config::RetentionClass::review, record, now) ? 1 : 0;
    row.held += held(number) ? 1 : 0;
    row.restricted += read->restricted_by ? 1 : 0;
    row.erase_due += !held(number) && IsDue(clock, &config::RetentionClass::erase, record, now) ? 1 : 0;
    return {};
  };
  RETURN_IF_ERROR(ForEach(archive, count));
  std::vector<DueRow> list;
  for (auto& [key, row] : rows) {
    row.case_id = {std::get<0>(key)};
    std::tie(std::ignore, row.host, row.class_name) = key;
    list.push_back(std::move(row));
  }
  return list;
}

Result<Plan> PlanErasure(const captures::Reader& archive, const Selection& selection, const Clocks& clocks,
                         const HeldCaptures& held) {
  std::vector<std::uint64_t> erase;
  std::vector<std::uint64_t> restrict;
  std::map<std::string, bool> stays;  // by host: is anything left there, of any case?
  std::set<std::string> meant_hosts;
  const auto choose = [&](const Result<CaptureRow>& read, CaptureNumber number) -> Status {
    if (!read && read.error().code == Code::kCorrupt) return {};
    if (!read) return tl::unexpected<Error>(read.error());
    const captures::Record& record = read->record;
    if (!read->rejected.empty()) return {};
    const std::string host = HostOf(record);
    const bool due = !selection.only_due ||
                     IsDue(clocks.Find(record.job), &config::RetentionClass::erase, record, selection.before);
    const bool meant = due && record.case_id == selection.case_id && record.ended < selection.before &&
                       (selection.host.empty() || selection.host == host);
    stays[host] |= !meant || held(number);
    if (meant) meant_hosts.insert(host);
    if (meant && !held(number)) erase.push_back(number.value);
    if (meant && held(number) && !read->restricted_by) restrict.push_back(number.value);
    return {};
  };
  RETURN_IF_ERROR(ForEach(archive, choose));
  Plan plan{
      evidence::NumberRanges::Of(std::move(erase)), evidence::NumberRanges::Of(std::move(restrict)), {}};
  for (const std::string& host : meant_hosts)
    if (!stays[host]) plan.emptied_hosts.push_back(host);
  return plan;
}

}  // namespace nightjar::retention
