// SPDX-License-Identifier: Apache-2.0
#include "tests/world/world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <regex>
#include <set>

#include "base/digest.h"
#include "base/url.h"
#include "tests/world/pages/html.h"

namespace nightjar::world {
namespace {

WorldPlan SmallPlan() {
  return {.seed = 7, .listings = 90, .vendors = 9, .threads = 40, .users = 15, .hosts = {}};
}

std::unique_ptr<World> MakeWorld(const WorldPlan& plan) {
  Result<std::unique_ptr<World>> world = World::Make(plan);
  return world ? std::move(*world) : nullptr;
}

json::value TruthOf(const World& world) { return json::parse(world.TruthJson()); }

std::string Text(const json::value& row, std::string_view name) {
  return std::string(row.as_object().at(name).as_string());
}

const Site& SiteOf(const World& world, std::string_view name) {
  return **std::find_if(world.sites().begin(), world.sites().end(),
                        [&](const auto& site) { return site->who().name == name; });
}

// The page as it would read in UTF-8: only the one-byte characters these sites use need undoing.
std::string BodyOf(const Site& site, std::string_view target) { return site.Answer(GetRequest(target)).body; }

// How the site spells `text` in its pages.
std::string Spelled(const Page& page, std::string_view text) {
  const std::string escaped = Escape(text);
  return page.content_type.find("1252") == std::string::npos ? escaped : ToWindows1252(escaped);
}

// Every link a browser would follow from that page, as targets of the same site; those to other hosts as
// URLs.
std::set<std::string> LinksOn(const Site& site, const std::string& target, const Page& page) {
  static const std::regex kHref("<a [^>]*href=(?:\"([^\"]*)\"|([^ >]*))");
  const Result<nightjar::Url> base = nightjar::Url::Parse(site.Url(target));
  std::set<std::string> links;
  const auto add = [&](std::string reference) {
    for (std::size_t at = 0; (at = reference.find("&amp;", at)) != std::string::npos; ++at)
      reference.erase(at + 1, 4);
    const Result<nightjar::Url> link = nightjar::Url::Parse(reference, &*base);
    if (!link) throw std::runtime_error("bad link " + reference + " on " + target);
    links.insert(link->host() == site.who().host ? link->PathAndQuery() : link->WithoutFragment());
  };
  if (!page.location.empty()) add(page.location);
  for (std::sregex_iterator at(page.body.begin(), page.body.end(), kHref), end; at != end; ++at)
    add((*at)[1].matched ? (*at)[1].str() : (*at)[2].str());
  return links;
}

// Follows every link from "/"; what was found, with the status it answered.
std::map<std::string, int> CrawlOf(const Site& site) {
  std::map<std::string, int> seen;
  std::deque<std::string> waiting = {"/"};
  while (!waiting.empty()) {
    const std::string target = waiting.front();
    waiting.pop_front();
    if (target[0] != '/' || seen.contains(target)) continue;
    const Page page = site.Answer(GetRequest(target));
    seen[target] = page.status;
    for (const std::string& link : LinksOn(site, target, page)) waiting.push_back(link);
  }
  return seen;
}

TEST(World, IsTheSameByteForByteForTheSameSeed) {
  const std::unique_ptr<World> one = MakeWorld(SmallPlan());
  const std::unique_ptr<World> two = MakeWorld(SmallPlan());
  EXPECT_EQ(one->TruthJson(), two->TruthJson());
  for (std::size_t i = 0; i < one->sites().size(); ++i) {
    for (const Place& place : one->sites()[i]->Places())
      ASSERT_EQ(BodyOf(*one->sites()[i], place.target), BodyOf(*two->sites()[i], place.target))
          << place.target;
  }
}

TEST(World, HasNotChangedSinceItsBytesWereFrozen) {
  // A change of any page shows here. When it is meant, put the new digest in.
  const std::unique_ptr<World> world = MakeWorld(SmallPlan());
  Sha256Stream all;
  for (const auto& site : world->sites()) {
    for (const Place& place : site->Places()) all.Update(BodyOf(*site, place.target));
  }
  EXPECT_EQ(all.Finish().Hex(), "f6c0edac5d217d956a7d8a256eb1cea47cace22b07bf7f96f10214d176907e8f");
}

TEST(World, IsAnotherForAnotherSeed) {
  WorldPlan other = SmallPlan();
  other.seed = 8;
  EXPECT_NE(MakeWorld(SmallPlan())->TruthJson(), MakeWorld(other)->TruthJson());
}

TEST(World, KeepsItsFirstListingsWhenMoreAreAdded) {
  WorldPlan more = SmallPlan();
  more.listings += 50;
  const json::value small = TruthOf(*MakeWorld(SmallPlan()));
  const json::value large = TruthOf(*MakeWorld(more));
  const json::array& few = small.at("listings").as_array();
  const json::array& many = large.at("listings").as_array();
  for (std::size_t i = 0; i < 90; ++i) EXPECT_EQ(few[i], many[i]);
}

TEST(World, GivesNoTitleTwice) {
  WorldPlan plan = SmallPlan();
  plan.listings = 5000;
  plan.threads = 500;
  const json::value truth = TruthOf(*MakeWorld(plan));
  std::set<std::string> titles;
  for (const char* table : {"listings", "threads"}) {
    for (const json::value& row : truth.at(table).as_array())
      EXPECT_TRUE(titles.insert(Text(row, "title")).second) << Text(row, "title");
  }
  EXPECT_EQ(titles.size(), 2 * plan.listings + plan.threads);
}

TEST(World, ShowsOnEveryListingPageWhatTheTruthSays) {
  const std::unique_ptr<World> world = MakeWorld(SmallPlan());
  const json::value truth = TruthOf(*world);
  for (const json::value& row : truth.at("listings").as_array()) {
    const Page page = SiteOf(*world, Text(row, "site")).Answer(GetRequest(Text(row, "path")));
    ASSERT_EQ(page.status, 200);
    const auto shows = [&](std::string_view text) {
      EXPECT_NE(page.body.find(Spelled(page, text)), std::string::npos) << Text(row, "path") << ": " << text;
    };
    for (const char* field : {"title", "vendor", "ships_from", "stock", "rating", "hidden"}) {
      const json::value& value = row.at(field);
      shows(value.is_string() ? std::string(value.as_string()) : json::serialize(value));
    }
    for (const char* field : {"category", "ships_to"}) {
      for (const json::value& value : row.at(field).as_array()) shows(value.as_string());
    }
    std::string plain = page.body;
    plain.erase(std::remove(plain.begin(), plain.end(), ','), plain.end());
    const std::string before = Text(row, "site") == "bazaar" ? "USD " : "€";
    EXPECT_NE(plain.find(before + Text(row.at("price"), "amount")), std::string::npos);
    const std::string description = Text(row, "description");
    shows(description.substr(0, description.find('\n')));
    shows(description.substr(description.rfind('\n') + 1));
  }
}

TEST(World, ShowsOnEveryVendorAndForumPageWhatTheTruthSays) {
  const std::unique_ptr<World> world = MakeWorld(SmallPlan());
  const json::value truth = TruthOf(*world);
  const std::vector<std::pair<const char*, std::vector<const char*>>> shown = {
      {"vendors", {"name"}},
      {"threads", {"title", "author"}},
      {"posts", {"thread", "author", "anchor", "posted"}}};
  for (const auto& [table, fields] : shown) {
    for (const json::value& row : truth.at(table).as_array()) {
      const Page page = SiteOf(*world, Text(row, "site")).Answer(GetRequest(Text(row, "path")));
      ASSERT_EQ(page.status, 200);
      for (const char* field : fields)
        EXPECT_NE(page.body.find(Spelled(page, Text(row, field))), std::string::npos) << field;
    }
  }
}

TEST(World, CanBeCrawledToItsLastPlaceAndNoFurther) {
  const std::unique_ptr<World> world = MakeWorld(SmallPlan());
  for (const auto& site : world->sites()) {
    const std::map<std::string, int> seen = CrawlOf(*site);
    std::set<std::string> told;
    for (const Place& place : site->Places()) {
      EXPECT_TRUE(told.insert(place.target).second) << place.target << " is told twice";
      ASSERT_TRUE(seen.contains(place.target)) << site->who().name << " has no way to " << place.target;
      const bool gone = place.kind == PlaceKind::kGone;
      const bool redirect = place.kind == PlaceKind::kRedirect;
      EXPECT_EQ(seen.at(place.target) / 100, gone ? 4 : redirect ? 3 : 2) << place.target;
    }
    for (const auto& [target, status] : seen)
      EXPECT_TRUE(told.contains(target)) << site->who().name << " links to " << target << " unannounced";
  }
}

TEST(World, LinksItsDirectoryToAllOtherSitesByTheirGivenHosts) {
  WorldPlan plan = SmallPlan();
  plan.hosts = {"a.onion", "b.onion", "c.onion", "d.onion"};
  const std::unique_ptr<World> world = MakeWorld(plan);
  const Site& directory = SiteOf(*world, "directory");
  const std::set<std::string> links = LinksOn(directory, "/", directory.Answer(GetRequest("/")));
  for (const char* url : {"http://a.onion/", "http://b.onion/", "http://c.onion/"})
    EXPECT_TRUE(links.contains(url)) << url;
}

TEST(World, HasListingPagesOfRealisticWeight) {
  const std::unique_ptr<World> world = MakeWorld(SmallPlan());
  for (const auto& site : world->sites()) {
    for (const Place& place : site->Places()) {
      if (place.kind != PlaceKind::kListing) continue;
      const std::size_t size = BodyOf(*site, place.target).size();
      EXPECT_GE(size, 9u << 10) << place.target;
      EXPECT_LE(size, 20u << 10) << place.target;
    }
  }
}

TEST(World, AnswersSearchesAndLoginsWithAPage) {
  const std::unique_ptr<World> world = MakeWorld(SmallPlan());
  const std::string title = Text(TruthOf(*world).at("listings").at(0), "title");
  const Site& bazaar = SiteOf(*world, "bazaar");
  const Page found = bazaar.Answer(GetRequest("/search.php?q=" + title.substr(0, title.find(' '))));
  EXPECT_NE(found.body.find(Spelled(found, title)), std::string::npos);
  Request login = GetRequest("/login.php");
  login.method = "POST";
  EXPECT_NE(bazaar.Answer(login).body.find("Wrong name"), std::string::npos);
}

TEST(World, RefusesCountsThatMakeNoWorld) {
  WorldPlan plan = SmallPlan();
  plan.listings = 0;
  EXPECT_EQ(World::Make(plan).error().code, Code::kInvalidInput);
  plan.listings = 3;
  EXPECT_EQ(World::Make(plan).error().code, Code::kInvalidInput) << "nine vendors, three listings";
}

TEST(Vocabulary, HasADifferentWordForEveryRank) {
  std::set<std::string> words;
  for (std::size_t rank = 0; rank < 100000; ++rank)
    ASSERT_TRUE(words.insert(Vocabulary::Word(rank)).second) << rank << " " << Vocabulary::Word(rank);
}

TEST(Vocabulary, UsesWordsAsZipfSays) {
  Dice dice(1, "test");
  const Zipf zipf(1000);
  std::vector<int> drawn(1000);
  for (int i = 0; i < 100000; ++i) ++drawn[zipf.Draw(dice)];
  // Weights 1/3, 1/12 and 1/102: within a tenth of what they should be to each other.
  EXPECT_NEAR(static_cast<double>(drawn[0]) / drawn[9], 4.0, 0.4);
  const int around_99 = drawn[97] + drawn[98] + drawn[99] + drawn[100] + drawn[101];
  EXPECT_NEAR(5.0 * drawn[0] / around_99, 34.0, 3.4);
}

TEST(Windows1252, HoldsCurlyQuotesAndFallsBackToReferences) {
  EXPECT_EQ(ToWindows1252("café “x” – €"), "caf\xE9 \x93x\x94 \x96 \x80");
  EXPECT_EQ(ToWindows1252("฿"), "&#3647;");
}

}  // namespace
}  // namespace nightjar::world
