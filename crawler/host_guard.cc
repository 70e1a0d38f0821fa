// SPDX-License-Identifier: Apache-2.0
#include "crawler/host_guard.h"

#include "base/log.h"

namespace nightjar::crawler {
namespace {

std::string CountName(Gate gate) {
  switch (gate) {
    case Gate::kSeed:
      return "blocklist.seed";
    case Gate::kLink:
      return "blocklist.link";
    case Gate::kFetch:
      return "blocklist.fetch";
  }
  return "blocklist";
}

}  // namespace

Result<std::unique_ptr<HostGuard>> HostGuard::Open(const config::Settings& settings, const Clock& clock) {
  ASSIGN_OR_RETURN(auto alerts,
                   alerts::AlertStore::Open(settings.AlertsFolder(), alerts::AlertStore::Mode::kWrite));
  std::unique_ptr<HostGuard> guard(new HostGuard(blocklist::OptionsOf(settings), clock, std::move(alerts)));
  RETURN_IF_ERROR(guard->list_.Refresh());
  guard->open_ = true;
  const auto list = guard->list_.current();
  if (list->lists().empty()) {
    log::warn("crawling without any blocklist: {}", guard->list_.options().waiver);
  } else {
    log::info("blocklist: {} entries in {} lists", list->entries(), list->lists().size());
  }
  return guard;
}

void HostGuard::Refresh() {
  const Status fresh = list_.Refresh();
  if (open_ && !fresh) log::error("the crawl waits: {}", fresh.error().Format());
  if (!open_ && fresh) log::info("the blocklist is in order again");
  open_ = fresh.has_value();
}

bool HostGuard::Blocks(std::string_view host, Gate gate) {
  if (!list_.Blocks(host)) return false;
  ++counts_[CountName(gate)];
  return true;
}

Status HostGuard::SaveCounts() {
  RETURN_IF_ERROR(alerts_->Count(counts_));
  counts_.clear();
  return {};
}

}  // namespace nightjar::crawler
