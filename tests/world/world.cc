// SPDX-License-Identifier: Apache-2.0
#include "tests/world/world.h"

#include "tests/world/content/market_day.h"
#include "tests/world/content/mirrors.h"
#include "tests/world/pages/card_market.h"
#include "tests/world/pages/directory_site.h"
#include "tests/world/pages/forum_site.h"
#include "tests/world/pages/table_market.h"
#include "tests/world/truth_changes.h"

namespace nightjar::world {
namespace {

using Sites = std::vector<std::unique_ptr<Site>>;

std::vector<DirectoryEntry> EntriesOf(const Sites& sites) {
  std::vector<DirectoryEntry> entries;
  for (const std::unique_ptr<Site>& site : sites) entries.push_back({site->who().name, site->Url("/")});
  return entries;
}

std::vector<DirectoryEntry> MirrorsOf(const WorldPlan& plan, const Sites& sites) {
  std::vector<std::string> names;
  for (const std::unique_ptr<Site>& site : sites) names.push_back(site->who().name);
  std::vector<DirectoryEntry> entries;
  for (const Mirror& mirror : MirrorsOn(plan.day, plan.seed, names))
    entries.push_back({mirror.of + " (mirror)", "http://" + mirror.host + "/", mirror.online});
  return entries;
}

}  // namespace

Result<std::unique_ptr<World>> World::Make(const WorldPlan& plan) {
  if (plan.listings == 0 || plan.vendors == 0 || plan.threads == 0 || plan.users == 0)
    return Fail(Code::kInvalidInput, "a world needs at least one listing, vendor, thread and user");
  if (plan.vendors > plan.listings)
    return Fail(Code::kInvalidInput, "more vendors than listings: some could be reached by no link");
  if (plan.day < 0 || plan.day > kMaxDay)
    return Fail(Code::kInvalidInput, "a world's day lies between 0 and 366");
  return std::unique_ptr<World>(new World(plan));
}

World::World(const WorldPlan& plan) : plan_(plan) {
  Names names(vocabulary_);
  const auto market = [&](std::string_view name) {
    return std::make_shared<Market>(
        MarketPlan{
            .seed = plan.seed, .name = std::string(name), .listings = plan.listings, .vendors = plan.vendors},
        vocabulary_, names);
  };
  const auto who = [&](std::size_t site) {
    const std::string name(kSiteNames[site]);
    return SiteName{name, plan.hosts[site].empty() ? name + ".test" : plan.hosts[site]};
  };
  const auto bazaar = market(kSiteNames[0]);
  const auto atelier = market(kSiteNames[1]);
  const auto forum = std::make_shared<Forum>(
      ForumPlan{.seed = plan.seed, .threads = plan.threads, .users = plan.users}, vocabulary_, names);
  for (Day day = 1; day <= plan.day; ++day) {
    MarketDay::Live(*bazaar, day, names);
    MarketDay::Live(*atelier, day, names);
    forum->Live(day, names);
  }
  sites_.push_back(std::make_unique<TableMarket>(who(0), bazaar));
  sites_.push_back(std::make_unique<CardMarket>(who(1), atelier));
  sites_.push_back(std::make_unique<ForumSite>(who(2), forum));
  sites_.push_back(
      std::make_unique<DirectorySite>(who(3), EntriesOf(sites_), MirrorsOf(plan, sites_), plan.seed));
}

Truth World::Tell() const {
  Truth truth;
  for (const std::unique_ptr<Site>& site : sites_) site->Tell(truth);
  return truth;
}

std::string World::TruthJson() const {
  Truth truth = Tell();
  if (plan_.day > 0) {
    WorldPlan yesterday = plan_;
    --yesterday.day;
    truth.changes = ChangesBetween(World(yesterday).Tell(), truth, plan_.day);
  }
  return truth.ToJson(plan_.seed, plan_.day);
}

}  // namespace nightjar::world
