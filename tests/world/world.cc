// SPDX-License-Identifier: Apache-2.0
#include "tests/world/world.h"

#include "tests/world/pages/card_market.h"
#include "tests/world/pages/directory_site.h"
#include "tests/world/pages/forum_site.h"
#include "tests/world/pages/table_market.h"

namespace nightjar::world {

Result<std::unique_ptr<World>> World::Make(const WorldPlan& plan) {
  if (plan.listings == 0 || plan.vendors == 0 || plan.threads == 0 || plan.users == 0)
    return Fail(Code::kInvalidInput, "a world needs at least one listing, vendor, thread and user");
  if (plan.vendors > plan.listings)
    return Fail(Code::kInvalidInput, "more vendors than listings: some could be reached by no link");
  return std::unique_ptr<World>(new World(plan));
}

World::World(const WorldPlan& plan) : seed_(plan.seed) {
  Names names(vocabulary_);
  const auto market = [&](std::string_view name) {
    return std::make_shared<const Market>(
        MarketPlan{
            .seed = plan.seed, .name = std::string(name), .listings = plan.listings, .vendors = plan.vendors},
        vocabulary_, names);
  };
  const auto who = [&](std::size_t site) {
    const std::string name(kSiteNames[site]);
    return SiteName{name, plan.hosts[site].empty() ? name + ".test" : plan.hosts[site]};
  };
  sites_.push_back(std::make_unique<TableMarket>(who(0), market(kSiteNames[0])));
  sites_.push_back(std::make_unique<CardMarket>(who(1), market(kSiteNames[1])));
  const ForumPlan forum{.seed = plan.seed, .threads = plan.threads, .users = plan.users};
  sites_.push_back(
      std::make_unique<ForumSite>(who(2), std::make_shared<const Forum>(forum, vocabulary_, names)));
  std::vector<DirectoryEntry> entries;
  for (const std::unique_ptr<Site>& site : sites_) entries.push_back({site->who().name, site->Url("/")});
  sites_.push_back(std::make_unique<DirectorySite>(who(3), std::move(entries), plan.seed));
}

std::string World::TruthJson() const {
  Truth truth;
  for (const std::unique_ptr<Site>& site : sites_) site->Tell(truth);
  return truth.ToJson(seed_);
}

}  // namespace nightjar::world
