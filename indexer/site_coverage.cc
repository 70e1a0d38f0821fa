// SPDX-License-Identifier: Apache-2.0
#include "indexer/site_coverage.h"

#include <chrono>
#include <map>
#include <set>

#include "base/url.h"
#include "indexer/each_item.h"

namespace nightjar::indexer {
namespace {

using items::ItemKind;

struct Counted {
  coverage::Ledger ledger;
  std::set<std::uint64_t> rounds;
  std::set<std::string> hosts;
};
using Sites = std::map<std::pair<std::string, std::string>, Counted>;  // by case and site

std::string CategoryOf(const items::State& state) {
  const std::string_view name = state.key.kind == ItemKind::kThread ? "board" : "category";
  std::string category;
  for (const items::KnownValue& known : state.values)
    if (known.value.name == name) category.append(category.empty() ? "" : " > ").append(known.value.value);
  return category;
}

Status Count(const items::ItemStore& store, const items::ItemId& id, const items::State& state,
             Sites& sites) {
  Counted& counted = sites[{state.key.case_id, state.key.site}];
  if (const auto url = Url::Parse(state.url)) counted.hosts.insert(url->host());
  const bool counts = state.key.kind == ItemKind::kListing || state.key.kind == ItemKind::kThread;
  if (!counts || state.gone) return {};
  ASSIGN_OR_RETURN(const std::vector<UtcTime> times, store.CaptureTimes(id));
  for (const UtcTime time : times) {
    const auto day = std::chrono::floor<std::chrono::days>(time).time_since_epoch().count();
    counted.rounds.insert(static_cast<std::uint64_t>(day));
    counted.ledger.Capture(id.value, CategoryOf(state), static_cast<std::uint64_t>(day));
  }
  return {};
}

}  // namespace

Result<std::vector<SiteCoverage>> CoverageOf(const items::ItemStore& store, const std::string& site) {
  Sites sites;
  RETURN_IF_ERROR(EachItem(store, [&](const items::ItemId& id, const items::State& state) {
    return site.empty() || state.key.site == site ? Count(store, id, state, sites) : Status();
  }));
  ASSIGN_OR_RETURN(const auto announcements, store.Announcements());
  for (const items::KnownAnnouncement& known : announcements) {
    if (!site.empty() && known.site != site) continue;
    sites[{known.case_id, known.site}].ledger.Announce(
        {known.announced.category, known.announced.count, known.capture, known.when});
  }
  std::vector<SiteCoverage> all;
  for (const auto& [name, counted] : sites) {
    std::vector<coverage::Row> rows = counted.ledger.Rows();
    if (rows.size() == 1 && rows.front().captured == 0 && !rows.front().announced) continue;
    all.push_back({.case_id = name.first,
                   .site = name.second,
                   .hosts = counted.hosts,
                   .rows = std::move(rows),
                   .estimate = counted.ledger.EstimateTotal(),
                   .rounds = counted.rounds.size()});
  }
  return all;
}

}  // namespace nightjar::indexer
