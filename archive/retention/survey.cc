// SPDX-License-Identifier: Apache-2.0
#include "archive/retention/survey.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "archive/evidence/leaf.h"
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
           UtcTime kept_since, UtcTime now) {
  return clock != nullptr && kept_since + clock->*span <= now;
}

// A capture that still has a record: no rejection, leaf of the log, or erased one. Its clock runs since the
// archive took it, which the leaf says: what another agency archived long ago came to us later.
struct Kept {
  CaptureRow row;
  UtcTime since;
};

// `broken` is told of rows that cannot be read.
template <typename Each, typename Broken>
Status ForEach(const captures::Reader& archive, Each&& each, Broken&& broken) {
  ASSIGN_OR_RETURN(const std::uint64_t size, archive.Size());
  for (std::uint64_t n = 0; n < size; ++n) {
    auto row = archive.GetRow({n}, captures::Restricted::kShow);
    if (!row) {
      RETURN_IF_ERROR(broken(row.error()));
      continue;
    }
    if (!row->rejected.empty()) continue;
    ASSIGN_OR_RETURN(const Bytes text, archive.Leaf(n));
    ASSIGN_OR_RETURN(const evidence::Leaf leaf, evidence::ParseLeaf(text));
    each(Kept{std::move(*row), UtcTime(std::chrono::seconds(leaf.unix_time))});
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
  const auto count = [&](const Kept& kept) {
    const captures::Record& record = kept.row.record;
    const auto* clock = clocks.Find(record.job);
    const bool is_held = held(kept.row.number);
    DueRow& row = rows[{record.case_id.value, HostOf(record), clocks.ClassName(record.job)}];
    if (row.captures++ == 0) row.oldest = kept.since;
    row.oldest = std::min(row.oldest, kept.since);
    row.known_class = clock != nullptr;
    row.review_due += IsDue(clock, &config::RetentionClass::review, kept.since, now) ? 1 : 0;
    row.held += is_held ? 1 : 0;
    row.restricted += kept.row.restricted_by ? 1 : 0;
    row.erase_due += !is_held && IsDue(clock, &config::RetentionClass::erase, kept.since, now) ? 1 : 0;
  };
  const auto broken = [](const Error& error) -> Status { return tl::unexpected<Error>(error); };
  RETURN_IF_ERROR(ForEach(archive, count, broken));
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
  const auto choose = [&](const Kept& kept) {
    const captures::Record& record = kept.row.record;
    const std::uint64_t number = kept.row.number.value;
    const std::string host = HostOf(record);
    const bool is_held = held(kept.row.number);
    const bool due = !selection.only_due || IsDue(clocks.Find(record.job), &config::RetentionClass::erase,
                                                  kept.since, selection.before);
    const bool meant = due && record.case_id == selection.case_id && kept.since < selection.before &&
                       (selection.host.empty() || selection.host == host);
    stays[host] |= !meant || is_held;
    if (meant) meant_hosts.insert(host);
    if (meant && !is_held) erase.push_back(number);
    if (meant && is_held && !kept.row.restricted_by) restrict.push_back(number);
  };
  const auto broken = [](const Error& error) {
    return error.code == Code::kCorrupt ? Status() : tl::unexpected<Error>(error);
  };
  RETURN_IF_ERROR(ForEach(archive, choose, broken));
  Plan plan{
      evidence::NumberRanges::Of(std::move(erase)), evidence::NumberRanges::Of(std::move(restrict)), {}};
  for (const std::string& host : meant_hosts)
    if (!stays[host]) plan.emptied_hosts.push_back(host);
  return plan;
}

}  // namespace nightjar::retention
