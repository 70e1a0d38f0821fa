// SPDX-License-Identifier: Apache-2.0
#include "cli/retention_run.h"

#include <algorithm>
#include <filesystem>

#include "archive/places/places.h"
#include "archive/store/compact.h"
#include "cli/archive_writer.h"
#include "crawler/forget.h"
#include "crawler/jobs/job_store.h"
#include "indexer/forget.h"
#include "indexer/role_lock.h"

namespace nightjar::cli {
namespace {

using config::Settings;
using retention::Order;
using retention::OrderStore;

Status CheckStopped(const Settings& settings) {
  for (const std::string& folder :
       {settings.FactsFolder(), settings.FrontierFolder(), settings.ControlFolder(), settings.AlertsFolder(),
        settings.SessionsFolder(), settings.AvailabilityFolder()})
    RETURN_IF_ERROR(store::CheckUnusedByOthers(folder));
  return {};
}

evidence::Erasure ErasureOf(const Order& order, const retention::Plan& plan) {
  return {.case_id = order.selection.case_id,
          .rule = order.rule,
          .ordered_by = order.ordered_by,
          .approved_by = order.ended_by,
          .time = {},
          .erased = plan.erase,
          .restricted = plan.restrict};
}

// The erasure of this order that a crash let get into the log and no further.
Result<std::optional<CaptureNumber>> FindInLog(const Settings& settings, const Order& order) {
  ASSIGN_OR_RETURN(const auto archive, captures::Reader::Open(places::ArchiveOf(settings)));
  ASSIGN_OR_RETURN(const auto erasures, archive->Erasures());
  const auto mine = std::ranges::find_if(erasures, [&](const auto& entry) {
    const evidence::Erasure& e = entry.second;
    return e.case_id == order.selection.case_id && e.rule == order.rule && e.ordered_by == order.ordered_by &&
           e.approved_by == order.ended_by && e.time >= order.ended;
  });
  if (mine == erasures.end()) return std::nullopt;
  return mine->first;
}

// Steps 1 to 3: the order's hosts are written down, then the archive erases, then the order knows its leaf.
Status EraseInArchive(const Settings& settings, OrderStore& orders, const Order& order) {
  if (order.state != retention::OrderState::kApproved) return {};
  ASSIGN_OR_RETURN(auto leaf, FindInLog(settings, order));
  if (!leaf) {
    ASSIGN_OR_RETURN(const retention::Plan plan, ReadPlan(settings, order.selection));
    if (plan.erase.empty() && plan.restrict.empty())
      return Fail(Code::kInvalidInput, "means no capture that is still there",
                  "order " + std::to_string(order.number.value));
    ASSIGN_OR_RETURN(const auto writer, OpenArchiveWriter(settings, {}));
    RETURN_IF_ERROR(orders.SetHosts(order.number, plan.emptied_hosts));
    ASSIGN_OR_RETURN(leaf, writer->Erase(ErasureOf(order, plan)));
    RETURN_IF_ERROR(writer->SignCheckpoint());
  }
  return orders.SetLogged(order.number, *leaf);
}

// Step 4: everything that was derived from what is gone.
Result<indexer::Forgotten> CleanStores(const Settings& settings, const Order& order, StopSignal& stop) {
  ASSIGN_OR_RETURN(const auto forgotten, indexer::ForgetErased(settings));
  if (order.state == retention::OrderState::kLogged)
    RETURN_IF_ERROR(crawler::ForgetHosts(settings, order.hosts, stop));
  return forgotten;
}

Result<Order> Approve(const Settings& settings, retention::OrderNumber number, const std::string& by) {
  ASSIGN_OR_RETURN(const auto orders, OrderStore::Open(settings.ControlFolder()));
  ASSIGN_OR_RETURN(const Order order, orders->Approve(number, by, SystemClock().Utc()));
  RETURN_IF_ERROR(EraseInArchive(settings, *orders, order));
  return orders->Get(number);
}

Result<ErasureDone> Account(const Settings& settings, const Order& order,
                            const indexer::Forgotten& forgotten) {
  ASSIGN_OR_RETURN(const auto archive, captures::Reader::Open(places::ArchiveOf(settings)));
  ASSIGN_OR_RETURN(const auto erasure, archive->ErasureAt(*order.leaf));
  if (!erasure) return Fail(Code::kCorrupt, "is not in the log", "the erasure of the order");
  return ErasureDone{.leaf = *order.leaf,
                     .erased = erasure->erased.Count(),
                     .restricted = erasure->restricted.Count(),
                     .facts = forgotten.facts,
                     .documents = forgotten.documents};
}

}  // namespace

Result<retention::Clocks> ReadClocks(const Settings& settings) {
  ASSIGN_OR_RETURN(auto classes, config::ParseRetentionClasses(settings.retention.classes));
  ASSIGN_OR_RETURN(const auto store, jobs::JobStore::Open(settings.ControlFolder()));
  ASSIGN_OR_RETURN(const auto jobs, store->ListEver());
  std::map<JobId, std::string> class_of_job;
  for (const jobs::Job& job : jobs) class_of_job.emplace(job.id, job.retention);
  return retention::Clocks(std::move(classes), std::move(class_of_job));
}

Result<retention::Plan> ReadPlan(const Settings& settings, const retention::Selection& selection) {
  ASSIGN_OR_RETURN(const auto archive, captures::Reader::Open(places::ArchiveOf(settings)));
  ASSIGN_OR_RETURN(const auto clocks, ReadClocks(settings));
  ASSIGN_OR_RETURN(const auto store, retention::HoldStore::Open(settings.ControlFolder()));
  ASSIGN_OR_RETURN(const auto holds, store->All());
  return retention::PlanErasure(*archive, selection, clocks, retention::HeldCaptures(holds));
}

Result<ErasureDone> CarryOut(const Settings& settings, retention::OrderNumber number,
                             const std::string& approved_by, StopSignal& stop) {
  ASSIGN_OR_RETURN(const UniqueFd role, indexer::TakeRoleLock(settings.IndexFolder()));
  RETURN_IF_ERROR(CheckStopped(settings));
  ASSIGN_OR_RETURN(const Order order, Approve(settings, number, approved_by));
  ASSIGN_OR_RETURN(const auto forgotten, CleanStores(settings, order, stop));
  const auto mark = [&](auto set) -> Status {
    ASSIGN_OR_RETURN(const auto orders, OrderStore::Open(settings.ControlFolder()));
    return ((*orders).*set)(number);
  };
  RETURN_IF_ERROR(mark(&OrderStore::SetCleaned));
  RETURN_IF_ERROR(store::Compact(settings.ControlFolder()));
  RETURN_IF_ERROR(mark(&OrderStore::SetDone));
  return Account(settings, order, forgotten);
}

}  // namespace nightjar::cli
