// SPDX-License-Identifier: Apache-2.0
// The synthetic markets over ten days, through the shipped, jailed reader into items: the history of every
// listing and every vendor must be that of the ground truth, version by version and change by change.
//
// Each market is crawled once a day, on odd days through its mirror; a copy that nobody lists as a mirror is
// crawled beside it, and one market cannot be reached on one day.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "archive/facts/facts_store.h"
#include "config/site_profile.h"
#include "indexer/each_item.h"
#include "indexer/item_keeper.h"
#include "indexer/site_coverage.h"
#include "indexer/vendor_links.h"
#include "sandbox/pool/pool.h"
#include "tests/hostile/started.h"
#include "tests/hostile/ten_days_truth.h"
#include "tests/hostile/world_documents.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar::indexer {
namespace {

class TenDays : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<TemporaryFolder>();
    auto profiles = config::LoadSiteProfiles(std::string(NIGHTJAR_SOURCE) + "/config/profiles").value();
    auto pool = pool::Pool::Start({.program = hostile::Program("nightjar-parser"),
                                   .profiles = config::ReadingRulesOf(profiles),
                                   .workers = 2});
    ASSERT_TRUE(pool) << pool.error().Format();
    pool_ = std::move(*pool);
    for (config::SiteProfile& profile : profiles)
      if (profile.name == kMarkets[0] || profile.name == kMarkets[1])
        profile.hosts = {HostOn(profile.name, 0), HostOn(profile.name, 1)};
    sites_ = std::make_unique<SiteNames>(profiles);
    store_ = items::ItemStore::Open(*folder_ / "items", items::ItemStore::Mode::kWrite).value();
    facts_ = facts::FactsStore::Open(*folder_ / "facts", facts::FactsStore::Mode::kWrite).value();
    truth_ = std::make_unique<Truth>();
    for (world::Day day = 0; day <= kLastDay && !HasFatalFailure(); ++day) Live(day);
    pool_.reset();
  }
  static void TearDownTestSuite() {
    store_.reset();
    facts_.reset();
    sites_.reset();
    truth_.reset();
    folder_.reset();
  }

  static void Live(world::Day day) {
    const auto world = world::World::Make(PlanOf(day, [&](auto site) { return HostOn(site, day); })).value();
    const auto copy = world::World::Make(PlanOf(day, CopyOf)).value();
    today_ = json::parse(world->TruthJson()).as_object();
    truth_->Take(day, today_);
    for (std::size_t i = 0; i < std::size(kMarkets); ++i) {
      if (IsCrawled(kMarkets[i], day)) Crawl(day, *world->sites()[i]);
      Crawl(day, *copy->sites()[i]);
    }
    // Another case looks at one market only, and overlooks every fourth page of a listing, each day others.
    if (day > 1) return;
    const world::Site& site = *world->sites()[1];
    int at = static_cast<int>(day);
    for (const world::Place& place : site.Places())
      if (place.kind != world::PlaceKind::kListing || ++at % 4 != 0) Take(day, site, {place.target}, kOther);
  }

  template <typename Host>
  static world::WorldPlan PlanOf(world::Day day, Host host) {
    world::WorldPlan plan{.day = day};
    for (std::size_t i = 0; i < std::size(kMarkets); ++i) plan.hosts[i] = host(kMarkets[i]);
    return plan;
  }

  // Every page that links lead to, and every address at which something stood before.
  static void Crawl(world::Day day, const world::Site& site) {
    std::set<std::string> targets;
    for (const world::Place& place : site.Places()) targets.insert(place.target);
    for (const auto& [thing, history] : truth_->things())
      if (thing.site == site.who().name) targets.insert(history.path);
    Take(day, site, targets, kCase);
  }

  static void Take(world::Day day, const world::Site& site, const std::set<std::string>& targets,
                   const char* case_id) {
    std::vector<Reading> readings;
    for (const std::string& target : targets) {
      auto facts = pool_->Read(hostile::DocumentOf(site, target));
      ASSERT_TRUE(facts) << target;
      Observation seen;
      seen.number = {next_++};
      seen.record.url = site.Url(target);
      seen.record.case_id = {case_id};
      seen.record.ended = TimeOf(day);
      const std::pair<CaptureNumber, wire::Facts> row{seen.number, *facts};
      ASSERT_TRUE(facts_->Put({&row, 1}));
      seen.facts = std::move(*facts);
      readings.push_back({.number = seen.number, .observation = std::move(seen), .fresh = true});
    }
    const Status taken = ItemKeeper(*store_, *sites_).Take(readings);
    ASSERT_TRUE(taken) << taken.error().Format();
  }

  static UtcTime TimeOf(world::Day day) { return ParseUtc(world::IsoDay(day) + "T12:00:00Z").value(); }

  static items::ItemId IdOf(const Thing& thing, const std::string& site) {
    const bool listing = thing.table == "listings";
    // The atelier prints no numbers: there a listing is known by its place.
    const std::string& path = truth_->things().at(thing).path;
    const std::string local = !listing                    ? "name:" + items::AccountName(thing.id)
                              : thing.site == kMarkets[0] ? "id:" + thing.id
                                                          : "at:" + path;
    return items::IdOf({kCase, site, listing ? items::ItemKind::kListing : items::ItemKind::kVendor, local});
  }

  // Kind by kind, the days on which the log of changes names it.
  static std::map<std::string, std::set<std::string>> ChangesOf(const items::ItemId& item) {
    std::map<std::string, std::set<std::string>> days;
    for (const auto& [id, kind, day] : AllChanges())
      if (id == item.value) days[kind].insert(day);
    return days;
  }

  using Told = std::tuple<std::string, std::string, std::string>;  // item, kind, day
  static const std::vector<Told>& AllChanges() {
    static const std::vector<Told> all = [] {
      std::vector<Told> told;
      const auto events = store_->Events(0, 1'000'000).value();
      for (const items::Event& event : events)
        for (const items::Change& change : event.changes)
          told.emplace_back(event.item.value, items::ChangeKindName(change.kind),
                            FormatUtc(event.when).substr(0, 10));
      return told;
    }();
    return all;
  }

  static std::unique_ptr<TemporaryFolder> folder_;
  static std::unique_ptr<pool::Pool> pool_;
  static std::unique_ptr<SiteNames> sites_;
  static std::unique_ptr<facts::FactsStore> facts_;
  static json::object today_;  // the truth of the last day
  static std::unique_ptr<items::ItemStore> store_;
  static std::unique_ptr<Truth> truth_;
  static std::uint64_t next_;
};

std::unique_ptr<TemporaryFolder> TenDays::folder_;
std::unique_ptr<pool::Pool> TenDays::pool_;
std::unique_ptr<SiteNames> TenDays::sites_;
std::unique_ptr<facts::FactsStore> TenDays::facts_;
json::object TenDays::today_;
std::unique_ptr<items::ItemStore> TenDays::store_;
std::unique_ptr<Truth> TenDays::truth_;
std::uint64_t TenDays::next_ = 0;

std::set<std::string> Isos(const std::set<world::Day>& days) {
  std::set<std::string> isos;
  for (const world::Day day : days) isos.insert(world::IsoDay(day));
  return isos;
}

TEST_F(TenDays, GiveEveryListingAndVendorTheVersionsOfTheTruth) {
  std::size_t versions_there_are = 0;
  for (const auto& [thing, history] : truth_->things()) {
    SCOPED_TRACE(thing.site + " " + thing.table + " " + thing.id);
    const auto state = store_->Find(IdOf(thing, thing.site)).value();
    ASSERT_TRUE(state);
    const auto versions = store_->Versions(IdOf(thing, thing.site)).value();
    ASSERT_EQ(versions.size(), history.runs.size());
    versions_there_are += versions.size();
    for (std::size_t i = 0; i < versions.size(); ++i) {
      EXPECT_EQ(versions[i].first_seen, TimeOf(history.runs[i].first)) << i;
      EXPECT_EQ(versions[i].last_seen, TimeOf(history.runs[i].last)) << i;
      EXPECT_EQ(versions[i].captures, history.runs[i].captures) << i;
    }
    EXPECT_EQ(state->gone, history.gone >= 0);
    if (state->gone) {
      EXPECT_EQ(state->gone_at, TimeOf(history.gone));
    }
  }
  EXPECT_GT(versions_there_are, truth_->things().size() * 3 / 2) << "or the days changed nothing";
}

// Kind by kind, the days on which it must be told.
std::map<std::string, std::set<world::Day>> ChangesIn(const History& history) {
  std::map<std::string, std::set<world::Day>> told;
  told["first-seen"].insert(history.runs.front().first);
  if (history.gone >= 0) told["gone"].insert(history.gone);
  if (history.banned >= 0) told["banned"].insert(history.banned);
  for (std::size_t i = 1; i < history.runs.size(); ++i) {
    Fields before = history.runs[i - 1].fields;
    Fields now = history.runs[i].fields;
    const world::Day day = history.runs[i].first;
    if (now.contains("banned")) continue;
    if (before["price"] != now["price"]) told["re-priced"].insert(day);
    if (before["ships_from"] != now["ships_from"]) told["ships-from-moved"].insert(day);
    if (before["key"] != now["key"]) told["key-changed"].insert(day);
    if (before["away_since"].empty() != now["away_since"].empty())
      told[before["away_since"].empty() ? "vacation" : "returned"].insert(day);
  }
  return told;
}

TEST_F(TenDays, NameEveryChangeOfTheTruthAndNoOther) {
  for (const auto& [thing, history] : truth_->things()) {
    SCOPED_TRACE(thing.site + " " + thing.table + " " + thing.id);
    auto told = ChangesIn(history);
    if (thing.table == "listings") std::tie(told["sold-out"], told["restocked"]) = truth_->StockDays(thing);
    auto found = ChangesOf(IdOf(thing, thing.site));
    for (const char* const kind :
         {"first-seen", "gone", "sold-out", "restocked", "re-priced", "ships-from-moved", "vacation",
          "returned", "banned", "back", "renamed", "ships-to-changed", "re-categorised", "unbanned"})
      EXPECT_EQ(found[kind], Isos(told[kind])) << kind;
    // The notice in a banned vendor's place shows no key: that too is a change of what is known.
    if (history.banned >= 0 && found["key-changed"].contains(world::IsoDay(history.banned)))
      told["key-changed"].insert(history.banned);
    EXPECT_EQ(found["key-changed"], Isos(told["key-changed"]));
  }
}

TEST_F(TenDays, JoinMirrorsAndNoCopies) {
  std::map<std::string, std::set<std::string>> things;  // by site: of listings and vendors
  ASSERT_TRUE(EachItem(*store_, [&](const items::ItemId& id, const items::State& state) -> Status {
    if (state.key.kind != items::ItemKind::kPage && state.key.case_id == kCase)
      things[state.key.site].insert(id.value);
    return {};
  }));
  std::set<std::string> sites;
  for (const auto& [site, ids] : things) sites.insert(site);
  EXPECT_EQ(sites, (std::set<std::string>{"atelier", "atelier-copy.test", "bazaar", "bazaar-copy.test"}));
  std::map<std::string, std::size_t> told;
  for (const auto& [thing, history] : truth_->things()) ++told[thing.site];
  for (const std::string_view market : kMarkets)
    EXPECT_EQ(things[std::string(market)].size(), told[std::string(market)]) << market;
  for (const auto& [thing, history] : truth_->things())
    EXPECT_NE(IdOf(thing, thing.site), IdOf(thing, CopyOf(thing.site)));
}

TEST_F(TenDays, CoverWhatEachMarketSaysItHas) {
  std::map<std::string, std::map<std::string, std::uint64_t>> told;  // site, category: listings there are
  for (const json::value& value : today_.at("listings").as_array()) {
    const json::object& row = value.as_object();
    auto& categories = told[TextOf(row.at("site"))];
    ++categories[""];
    std::string path;
    for (const json::value& part : row.at("category").as_array()) {
      path.append(path.empty() ? "" : " > ").append(part.as_string());
      ++categories[path];
    }
  }
  for (const std::string_view market : kMarkets) {
    const auto sites = CoverageOf(*store_, std::string(market)).value();
    const auto site = std::ranges::find(sites, kCase, &SiteCoverage::case_id);
    ASSERT_NE(site, sites.end());
    EXPECT_EQ(site->rounds, market == kMarkets[0] ? kLastDay : kLastDay + 1);
    std::size_t announced = 0;
    for (const coverage::Row& row : site->rows) {
      SCOPED_TRACE(std::string(market) + ": " + row.category);
      EXPECT_EQ(row.captured, told[std::string(market)][row.category]);
      if (!row.announced) continue;
      ++announced;
      EXPECT_EQ(row.announced->count, row.captured);
    }
    EXPECT_GT(announced, 4U) << market << ": or the test shows nothing";
  }
}

// Two crawls, each of which overlooks a quarter: what they found together and how many there must be.
TEST_F(TenDays, SayHowMuchOfAMarketIsMissing) {
  const auto sites = CoverageOf(*store_, "atelier").value();
  const auto site = std::ranges::find(sites, kOther, &SiteCoverage::case_id);
  ASSERT_NE(site, sites.end());
  const coverage::Row& whole = site->rows.front();
  ASSERT_TRUE(whole.announced);
  std::size_t found = 0;
  ASSERT_TRUE(EachItem(*store_, [&](const items::ItemId&, const items::State& state) -> Status {
    found += state.key.case_id == kOther && state.key.kind == items::ItemKind::kListing && !state.gone;
    return {};
  }));
  EXPECT_EQ(whole.captured, found);
  ASSERT_TRUE(site->estimate);
  EXPECT_LE(site->estimate->low, static_cast<double>(whole.announced->count));
  EXPECT_GE(site->estimate->high, static_cast<double>(whole.announced->count));
}

// A vendor of a market and the one on its copy show the same key: named, with the reason. All others are
// strangers to each other.
TEST_F(TenDays, FindVendorsAgainByTheirKeysAndMergeNoOthers) {
  const auto vendors = ReadVendors(*store_, *facts_, kCase).value();
  std::set<std::string> found;
  for (const identity::Edge& edge : LinkVendors(vendors)) {
    const identity::Vendor& a = vendors[edge.a].marks;
    const identity::Vendor& b = vendors[edge.b].marks;
    if (edge.verdict != identity::Verdict::kLikely) continue;
    EXPECT_EQ(a.name, b.name) << a.site << " and " << b.site;
    EXPECT_TRUE(a.site == CopyOf(b.site) || b.site == CopyOf(a.site)) << a.site << " and " << b.site;
    found.insert(std::min(a.site, b.site) + " " + a.name);
  }
  std::size_t keys = 0;
  for (const json::value& value : today_.at("vendors").as_array()) {
    const json::object& row = value.as_object();
    if (TextOf(row.at("key_fingerprint")).empty()) continue;  // day 0 has no real keys
    ++keys;
    const std::string site = TextOf(row.at("site"));
    EXPECT_TRUE(found.contains(std::min(site, CopyOf(site)) + " " + TextOf(row.at("name"))))
        << TextOf(row.at("name"));
  }
  EXPECT_GT(keys, 3U) << "or the test shows nothing";
}

}  // namespace
}  // namespace nightjar::indexer
