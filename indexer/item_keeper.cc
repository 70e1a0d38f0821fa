// SPDX-License-Identifier: Apache-2.0
#include "indexer/item_keeper.h"

#include <algorithm>

#include "indexer/coverage/ledger.h"
#include "indexer/fact_terms.h"
#include "indexer/query/terms.h"

namespace nightjar::indexer {
namespace {

void AddOnce(std::vector<std::string>& names, std::string_view name) {
  if (!name.empty() && std::ranges::find(names, name) == names.end()) names.emplace_back(name);
}

}  // namespace

SiteNames::SiteNames(const std::vector<config::SiteProfile>& profiles) {
  for (const config::SiteProfile& profile : profiles)
    for (const std::string& host : profile.hosts) names_.emplace(host, profile.name);
}

std::string SiteNames::NameOf(const std::string& host) const {
  const auto found = names_.find(query::SiteOf(host));
  return found == names_.end() ? std::string() : found->second;
}

Status ItemKeeper::Take(std::span<Reading> readings) {
  if (readings.empty()) return {};
  std::vector<items::Seen> batch;
  for (Reading& reading : readings) {
    if (!reading.observation) continue;
    Observation& observation = *reading.observation;
    const captures::Record& record = observation.record;
    const std::string host = HostOf(record.url);
    observation.site = sites_.NameOf(host);
    const std::string site = observation.site.empty() ? query::SiteOf(host) : observation.site;
    std::vector<items::Announcement> announced;
    for (auto& count : coverage::AnnouncedBy(observation.facts, observation.number, record.ended))
      announced.push_back({std::move(count.category), count.count});
    batch.push_back({.capture = observation.number,
                     .when = record.ended,
                     .case_id = record.case_id.value,
                     .site = site,
                     .url = record.url,
                     .sights = items::ReadSights(record.case_id.value, site, record.url, observation.facts),
                     .announced = std::move(announced)});
  }
  RETURN_IF_ERROR(store_.Add(batch, readings.back().number.value + 1));
  auto seen = batch.begin();
  for (Reading& reading : readings)
    if (reading.observation) RETURN_IF_ERROR(Tell(*reading.observation, (seen++)->sights));
  return {};
}

// The page's own item comes first among its sights; posts of a thread are on the thread's page.
Status ItemKeeper::Tell(Observation& observation, const items::PageSights& sights) const {
  if (!sights.sightings.empty()) observation.item = items::IdOf(sights.sightings.front().key).value;
  ASSIGN_OR_RETURN(const std::vector<items::Event> events, store_.EventsAt(observation.number));
  for (const items::Event& event : events) {
    for (const items::Change& change : event.changes) {
      if (change.kind == items::ChangeKind::kFirstSeen) continue;
      AddOnce(observation.changes, items::ChangeKindName(change.kind));
      AddOnce(observation.changes, change.field);
    }
  }
  return {};
}

}  // namespace nightjar::indexer
