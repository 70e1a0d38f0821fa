// SPDX-License-Identifier: Apache-2.0
// How the synthetic world changes from day to day.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/world/truth_changes.h"
#include "tests/world/world.h"

namespace nightjar::world {
namespace {

constexpr Day kLastDay = 4;

std::unique_ptr<World> OnDay(Day day, std::uint64_t seed = 1) {
  Result<std::unique_ptr<World>> world = World::Make({.seed = seed, .day = day});
  return world ? std::move(*world) : nullptr;
}

json::object TruthOf(const World& world) { return json::parse(world.TruthJson()).as_object(); }

std::string Text(const json::value& row, std::string_view name) {
  return std::string(row.as_object().at(name).as_string());
}

// A copy: what it is taken from is often gone by the next line.
json::array Rows(const json::object& truth, std::string_view table) { return truth.at(table).as_array(); }

// Every page of the world that a crawler can reach, by site and target.
std::map<std::string, Bytes> PagesOf(const World& world) {
  std::map<std::string, Bytes> pages;
  for (const auto& site : world.sites())
    for (const Place& place : site->Places())
      pages[site->who().name + place.target] = site->Answer(GetRequest(place.target)).body;
  return pages;
}

using Objects = std::map<std::string, json::object>;  // by table, site and id

Objects ObjectsOf(const json::object& truth) {
  Objects objects;
  for (const char* table : {"listings", "vendors", "threads", "posts", "users", "links"})
    for (const json::value& row : Rows(truth, table))
      objects[std::string(table) + "/" + Text(row, "site") + "/" + Text(row, "id")] = row.as_object();
  return objects;
}

std::string ObjectOf(const json::value& change) {
  return Text(change, "table") + "/" + Text(change, "site") + "/" + Text(change, "id");
}

std::vector<json::object> ChangesOf(const json::object& truth, std::string_view kind) {
  std::vector<json::object> found;
  for (const json::value& change : Rows(truth, "changes"))
    if (change.at("kind") == json::value(kind)) found.push_back(change.as_object());
  return found;
}

TEST(Days, AreTheSameByteForByteForTheSameSeed) {
  for (const Day day : {1, 4}) {
    const auto one = OnDay(day);
    const auto two = OnDay(day);
    EXPECT_EQ(one->TruthJson(), two->TruthJson());
    EXPECT_EQ(PagesOf(*one), PagesOf(*two));
  }
}

TEST(Days, AreOthersForAnotherSeed) {
  EXPECT_NE(Rows(TruthOf(*OnDay(1, 1)), "changes"), Rows(TruthOf(*OnDay(1, 2)), "changes"));
}

TEST(Days, SayWhichDayItIsAndThatNothingChangedBeforeTheFirst) {
  const json::object first = TruthOf(*OnDay(0));
  EXPECT_EQ(first.at("day"), json::value(0));
  EXPECT_TRUE(Rows(first, "changes").empty());
  EXPECT_TRUE(Rows(first, "gone").empty());
  EXPECT_EQ(TruthOf(*OnDay(3)).at("day"), json::value(3));
}

TEST(Days, BringEveryKindOfChangeWithinFiveOfThem) {
  for (const std::uint64_t seed : {1U, 2U, 3U, 7U, 20U}) {
    std::set<std::string> seen;
    for (Day day = 1; day <= kLastDay; ++day)
      for (const json::value& change : Rows(TruthOf(*OnDay(day, seed)), "changes"))
        seen.insert(Text(change, "kind"));
    EXPECT_EQ(seen, std::set<std::string>(kChangeKinds.begin(), kChangeKinds.end())) << "seed " << seed;
  }
}

// Undone backwards, the changes of a day give the day before: none is missing, none is wrong.
TEST(Days, AreTheDayBeforeWithTheirChanges) {
  Objects before = ObjectsOf(TruthOf(*OnDay(0)));
  for (Day day = 1; day <= kLastDay; ++day) {
    const json::object truth = TruthOf(*OnDay(day));
    const Objects now = ObjectsOf(truth);
    Objects told = before;
    for (const json::value& change : Rows(truth, "changes")) {
      const std::string object = ObjectOf(change);
      const std::string field = Text(change, "field");
      EXPECT_EQ(Text(change, "day"), IsoDay(day));
      if (change.at("after").is_null() && !now.contains(object)) {
        EXPECT_EQ(told.erase(object), 1U) << object;
      } else if (!before.contains(object)) {
        ASSERT_TRUE(now.contains(object)) << object;
        EXPECT_TRUE(change.at("before").is_null());
        EXPECT_EQ(now.at(object).at(field), change.at("after"));
        told[object] = now.at(object);
      } else {
        EXPECT_EQ(told[object][field], change.at("before")) << object << " " << field;
        told[object][field] = change.at("after");
      }
    }
    EXPECT_EQ(told, now) << "day " << day;
    before = now;
  }
}

TEST(Days, LeaveIdsTitlesAndAddressesAsTheyAre) {
  std::map<std::string, std::string> paths;  // of every object there ever was
  for (Day day = 0; day <= kLastDay; ++day) {
    for (const auto& [id, object] : ObjectsOf(TruthOf(*OnDay(day)))) {
      std::string what = Text(object, "path");
      if (object.contains("title")) what += " " + Text(object, "title");
      EXPECT_EQ(paths.try_emplace(id, what).first->second, what) << id;
    }
  }
}

// What is gone stays gone, and its number is given to nobody else.
TEST(Days, BringNothingBackThatWasTakenDown) {
  std::set<std::string> gone;
  for (Day day = 1; day <= 12; ++day) {
    const auto world = OnDay(day);
    const json::object truth = TruthOf(*world);
    std::set<std::string> today;
    for (const json::value& row : Rows(truth, "gone")) {
      today.insert(ObjectOf(row));
      const auto& site = *std::ranges::find_if(
          world->sites(), [&](const auto& one) { return one->who().name == Text(row, "site"); });
      EXPECT_EQ(site->Answer(GetRequest(Text(row, "path"))).status, Text(row, "answer") == "404" ? 404 : 200);
    }
    for (const std::string& old : gone) EXPECT_TRUE(today.contains(old)) << old;
    for (const auto& [id, object] : ObjectsOf(truth)) EXPECT_FALSE(today.contains(id)) << id;
    gone = today;
  }
  EXPECT_GT(gone.size(), 5U);
}

TEST(Days, LeaveThePagesOfUnchangedThingsByteForByteAlone) {
  std::map<std::string, Bytes> before = PagesOf(*OnDay(0));
  for (Day day = 1; day <= kLastDay; ++day) {
    const auto world = OnDay(day);
    const json::object truth = TruthOf(*world);
    std::set<std::string> touched;  // vendors' sales stand on their listings' pages
    for (const json::value& change : Rows(truth, "changes")) touched.insert(ObjectOf(change));
    std::map<std::string, Bytes> now = PagesOf(*world);
    // The menu with its counts frames every page: a listing's own page is compared from its title on.
    const auto own = [](const Bytes& page) { return page.substr(page.find("offer-title")); };
    std::size_t same = 0;
    for (const json::value& listing : Rows(truth, "listings")) {
      if (Text(listing, "site") != "atelier" || touched.contains("listings/atelier/" + Text(listing, "id")))
        continue;
      ++same;
      const std::string page = "atelier" + Text(listing, "path");
      EXPECT_EQ(own(before[page]), own(now[page])) << page;
    }
    EXPECT_GT(same, 3U) << "not everything changes";
    before = std::move(now);
  }
}

TEST(Days, SignTheAnnouncementOfASecondKeyWithTheFirst) {
  std::size_t by_another = 0;
  for (Day day = 1; day <= 16; ++day) {
    for (const json::value& vendor : Rows(TruthOf(*OnDay(day, 3)), "vendors")) {
      const std::string signer = Text(vendor, "announcement_signed_by");
      const std::string text = Text(vendor, "announcement");
      EXPECT_EQ(signer.empty(), text.find("BEGIN PGP SIGNATURE") == std::string::npos);
      EXPECT_TRUE(text.empty() || text.find(Text(vendor, "key_fingerprint")) != std::string::npos) << text;
      by_another += !signer.empty() && signer != Text(vendor, "key_fingerprint");
    }
  }
  EXPECT_GT(by_another, 0U);
}

TEST(Days, ReplaceKeysByRealOnes) {
  std::size_t fingerprints = 0;
  for (const json::object& change : ChangesOf(TruthOf(*OnDay(1)), "key_changed")) {
    EXPECT_NE(change.at("before"), change.at("after"));
    if (change.at("field") != json::value("key_fingerprint")) continue;
    ++fingerprints;
    EXPECT_EQ(Text(change, "after").size(), 40U);
  }
  EXPECT_EQ(fingerprints, 2U) << "one in each market";
}

TEST(Days, CanBeLivedForAYearByTheSmallestOfWorlds) {
  for (const Day day : {30, kMaxDay}) {
    const auto world = World::Make(
        {.seed = 5, .listings = 1, .vendors = 1, .threads = 1, .users = 1, .day = day, .hosts = {}});
    ASSERT_TRUE(world);
    EXPECT_GE(Rows(TruthOf(**world), "vendors").size(), 2U) << "one in each market stays";
  }
}

TEST(Days, OutsideOfTheYearAreRefused) {
  EXPECT_EQ(World::Make({.day = -1}).error().code, Code::kInvalidInput);
  EXPECT_EQ(World::Make({.day = kMaxDay + 1}).error().code, Code::kInvalidInput);
}

}  // namespace
}  // namespace nightjar::world
