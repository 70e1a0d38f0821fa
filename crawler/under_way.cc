// SPDX-License-Identifier: Apache-2.0
#include "crawler/under_way.h"

#include "archive/captures/redaction.h"

namespace nightjar::crawler {
namespace {

bool SpeaksOf(const captures::Record& record, const handover::Task& task) {
  return record.fetch_id == task.fetch_id && record.url == task.url && record.job == task.job &&
         record.case_id == task.case_id && record.legal_basis == task.legal_basis &&
         record.depth == task.depth && record.via == task.via && record.route == task.socks_user &&
         record.robots == task.robots && record.purpose == handover::PurposeName(task.purpose) &&
         captures::IsRedacted(record) == task.redact;
}

// What was not to be asked for was not asked for.
bool KeptBack(const captures::Record& record, const handover::Task& task) {
  return task.refusal.empty() || (record.outcome == captures::Outcome::kNotAttempted &&
                                  record.detail == task.refusal && record.request_size == 0);
}

}  // namespace

void UnderWay::Add(UnderWayTask task) {
  std::string fetch_id = task.task.fetch_id;
  tasks_.emplace(std::move(fetch_id), std::move(task));
}

Result<UnderWay::Answer> UnderWay::Match(const handover::Done& untrusted_done, std::size_t way) {
  const auto found = tasks_.find(untrusted_done.fetch_id);
  if (found == tasks_.end() || found->second.way != way)
    return Fail(Code::kRefused, "the fetcher answered a task that it does not have");
  auto record = captures::ParseRecord(untrusted_done.exchange.record);
  if (!record || !SpeaksOf(*record, found->second.task) || !KeptBack(*record, found->second.task))
    return Fail(Code::kRefused, "the fetcher's record does not speak of its task", "fetch " + found->first);
  return Answer{std::move(tasks_.extract(found).mapped()), std::move(*record)};
}

std::optional<frontier::LeaseId> UnderWay::LeaseOf(const std::string& fetch_id, std::size_t way) const {
  const auto found = tasks_.find(fetch_id);
  if (found == tasks_.end() || found->second.way != way) return std::nullopt;
  return found->second.lease;
}

std::vector<UnderWayTask> UnderWay::TakeAll(std::size_t way) {
  std::vector<UnderWayTask> taken;
  std::erase_if(tasks_, [&](auto& entry) {
    if (entry.second.way != way) return false;
    taken.push_back(std::move(entry.second));
    return true;
  });
  return taken;
}

}  // namespace nightjar::crawler
