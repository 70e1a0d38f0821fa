// SPDX-License-Identifier: Apache-2.0
// Every page of the synthetic sites, through the shipped, jailed reader, against their ground truth. (Pages
// made to break a reader: pages_test.cc, bounds_test.cc, which says where each row of the catalogue is, and
// flood_test.cc.)
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/json.h"
#include "base/url.h"
#include "sandbox/pool/pool.h"
#include "tests/hostile/started.h"
#include "tests/hostile/world_documents.h"

namespace nightjar::pool {
namespace {

using world::PlaceKind;

std::string FieldOf(const wire::Facts& facts, std::string_view name) {
  std::string joined;
  for (const wire::Field& field : facts.fields) {
    if (field.name == name) joined.append(joined.empty() ? "" : "; ").append(field.value);
  }
  return joined;
}

// As printed: the values of countries are codes.
std::string RawOf(const wire::Facts& facts, std::string_view name) {
  std::string joined;
  for (const wire::Field& field : facts.fields) {
    if (field.name == name) joined.append(joined.empty() ? "" : "; ").append(field.raw);
  }
  return joined;
}

std::string Joined(const json::value& list, std::string_view separator) {
  std::string joined;
  for (const json::value& one : list.as_array())
    joined.append(joined.empty() ? "" : separator).append(one.as_string());
  return joined;
}

// Every page of the world, read once, by absolute URL.
struct ReadPage {
  PlaceKind kind;
  wire::Facts facts;
};

class Reading : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto made = world::World::Make({});
    ASSERT_TRUE(made);
    world_ = std::move(*made);
    truth_ = json::parse(world_->TruthJson()).as_object();
    auto pool = Pool::Start({.program = hostile::Program("nightjar-parser"), .workers = 2});
    ASSERT_TRUE(pool) << pool.error().Format();
    for (const auto& site : world_->sites()) {
      for (const world::Place& place : site->Places()) {
        auto facts = (*pool)->Read(hostile::DocumentOf(*site, place.target));
        ASSERT_TRUE(facts) << facts.error().Format();
        pages_[site->who().name + place.target] = {place.kind, std::move(*facts)};
      }
    }
  }
  static void TearDownTestSuite() {
    world_.reset();
    pages_.clear();
  }

  static const wire::Facts& At(const json::object& entry) {
    const auto found =
        pages_.find(std::string(entry.at("site").as_string()) + std::string(entry.at("path").as_string()));
    if (found == pages_.end()) ADD_FAILURE() << json::serialize(entry);
    return found->second.facts;
  }

  static std::unique_ptr<world::World> world_;
  static json::object truth_;
  static std::map<std::string, ReadPage> pages_;
};

std::unique_ptr<world::World> Reading::world_;
json::object Reading::truth_;
std::map<std::string, ReadPage> Reading::pages_;

TEST_F(Reading, FindsEveryFieldOfEveryListingByGenericRules) {
  for (const json::value& value : truth_.at("listings").as_array()) {
    const json::object& listing = value.as_object();
    const wire::Facts& facts = At(listing);
    const std::string where(listing.at("path").as_string());
    const json::object& price = listing.at("price").as_object();
    EXPECT_EQ(facts.page_kind, wire::PageKind::kListing) << where;
    EXPECT_EQ(FieldOf(facts, "title"), listing.at("title").as_string()) << where;
    EXPECT_EQ(FieldOf(facts, "vendor"), listing.at("vendor").as_string()) << where;
    EXPECT_EQ(FieldOf(facts, "price"), price.at("amount").as_string()) << where;
    EXPECT_EQ(FieldOf(facts, "category"), Joined(listing.at("category"), " > ")) << where;
    EXPECT_EQ(RawOf(facts, "ships_from"), listing.at("ships_from").as_string()) << where;
    EXPECT_EQ(RawOf(facts, "ships_to"), Joined(listing.at("ships_to"), "; ")) << where;
    EXPECT_EQ(FieldOf(facts, "stock"), std::to_string(listing.at("stock").to_number<int>())) << where;
    for (const wire::Field& field : facts.fields) {
      if (field.name != "price") continue;
      EXPECT_EQ(field.unit, price.at("currency").as_string()) << where;
    }
  }
  EXPECT_GE(truth_.at("listings").as_array().size(), 100U);
}

TEST_F(Reading, KeepsDecoysOutOfTheVisibleText) {
  for (const json::value& value : truth_.at("listings").as_array()) {
    const json::object& listing = value.as_object();
    const std::string decoy(listing.at("hidden").as_string());
    EXPECT_EQ(At(listing).text.find(decoy), std::string::npos) << listing.at("path").as_string();
    EXPECT_NE(At(listing).hidden_text.find(decoy), std::string::npos) << listing.at("path").as_string();
  }
}

TEST_F(Reading, TakesNoOtherPageForAListing) {
  for (const auto& [target, page] : pages_) {
    EXPECT_EQ(page.facts.verdict, wire::Verdict::kOk) << target;
    const bool listing = page.facts.page_kind == wire::PageKind::kListing;
    EXPECT_EQ(listing, page.kind == PlaceKind::kListing)
        << target << " is " << wire::PageKindName(page.facts.page_kind);
  }
}

TEST_F(Reading, GivesEveryPageTheClassItHas) {
  const std::map<PlaceKind, wire::PageClass> others = {{PlaceKind::kForm, wire::PageClass::kLogin},
                                                       {PlaceKind::kRedirect, wire::PageClass::kEmpty},
                                                       {PlaceKind::kSoft404, wire::PageClass::kNotFound},
                                                       {PlaceKind::kGone, wire::PageClass::kNotFound}};
  for (const auto& [target, page] : pages_) {
    const auto other = others.find(page.kind);
    const wire::PageClass expected = other == others.end() ? wire::PageClass::kContent : other->second;
    EXPECT_EQ(wire::PageClassName(page.facts.page_class), wire::PageClassName(expected)) << target;
  }
}

TEST_F(Reading, FindsTheLinksThatLeadToEveryPage) {
  std::set<std::string> found;
  for (const auto& [target, page] : pages_) {
    for (const wire::Link& link : page.facts.links) found.insert(link.url);
  }
  for (const auto& site : world_->sites()) {
    for (const world::Place& place : site->Places()) {
      if (place.target == "/") continue;
      EXPECT_TRUE(found.contains(Url::Parse(site->Url(place.target))->Href())) << place.target;
    }
  }
}

}  // namespace
}  // namespace nightjar::pool
