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

std::string ValueIn(const wire::Item& item, std::string_view name) {
  for (const wire::Field& field : item.fields) {
    if (field.name == name) return field.value;
  }
  return {};
}

// Of what the truth tells, how much was read; every miss is printed.
struct Tally {
  int right = 0, all = 0;
  void Count(std::string_view where, std::string_view what, std::string_view got, std::string_view wanted) {
    ++all;
    right += got == wanted ? 1 : 0;
    if (got != wanted && all - right <= 5)
      std::printf("  %s %s: got [%s], wanted [%s]\n", std::string(where).c_str(), std::string(what).c_str(),
                  std::string(got).c_str(), std::string(wanted).c_str());
  }
  [[nodiscard]] double Share() const { return all == 0 ? 0 : static_cast<double>(right) / all; }
};

TEST_F(Reading, FindsTheOffersThatIndexesList) {
  std::map<std::string, const json::object*> by_title;
  for (const json::value& value : truth_.at("listings").as_array())
    by_title[std::string(value.as_object().at("title").as_string())] = &value.as_object();
  std::set<std::string> seen;
  Tally prices, vendors, strangers;
  for (const auto& [target, page] : pages_) {
    for (const wire::Item& item : page.facts.items) {
      if (item.kind != "offer") continue;
      const auto listing = by_title.find(ValueIn(item, "title"));
      strangers.Count(target, "title", listing == by_title.end() ? ValueIn(item, "title") : "known", "known");
      if (listing == by_title.end()) continue;
      seen.insert(listing->first);
      prices.Count(target, "price", ValueIn(item, "price"),
                   listing->second->at("price").as_object().at("amount").as_string());
      vendors.Count(target, "vendor", ValueIn(item, "vendor"), listing->second->at("vendor").as_string());
    }
  }
  std::printf("offers: %zu of %zu listings seen, prices %d of %d, vendors %d of %d\n", seen.size(),
              by_title.size(), prices.right, prices.all, vendors.right, vendors.all);
  EXPECT_GE(seen.size() * 10, by_title.size() * 9);
  EXPECT_GE(strangers.Share(), 0.95);
  EXPECT_GE(prices.Share(), 0.95);
  EXPECT_GE(vendors.Share(), 0.80);
}

TEST_F(Reading, FindsWhatVendorsSayOfThemselves) {
  Tally names, days, sales;
  for (const json::value& value : truth_.at("vendors").as_array()) {
    const json::object& vendor = value.as_object();
    const wire::Facts& facts = At(vendor);
    const std::string where(vendor.at("path").as_string());
    names.Count(where, "name", FieldOf(facts, "vendor"), vendor.at("name").as_string());
    days.Count(where, "joined", FieldOf(facts, "member_since"), vendor.at("joined").as_string());
    sales.Count(where, "sales", FieldOf(facts, "sales"), std::to_string(vendor.at("sales").to_number<int>()));
  }
  std::printf("vendors: names %d, days %d, sales %d of %d\n", names.right, days.right, sales.right,
              names.all);
  EXPECT_GE(names.Share(), 0.80);
  EXPECT_GE(days.Share(), 0.80);
}

TEST_F(Reading, FindsThePostsOfThreads) {
  std::map<std::string, std::map<std::string, const wire::Item*>>
      posts;  // by page without its part, by number
  std::size_t found = 0;
  for (const auto& [target, page] : pages_) {
    for (const wire::Item& item : page.facts.items) {
      if (item.kind != "post") continue;
      posts["p" + ValueIn(item, "post_id")][ValueIn(item, "author")] = &item;
      ++found;
    }
  }
  Tally authors, days, texts;
  for (const json::value& value : truth_.at("posts").as_array()) {
    const json::object& post = value.as_object();
    const std::string anchor(post.at("anchor").as_string());
    const auto by_author = posts.find(anchor);
    const bool there = by_author != posts.end() && !by_author->second.empty();
    const wire::Item none{};
    const wire::Item& item = there ? *by_author->second.begin()->second : none;
    authors.Count(anchor, "author", ValueIn(item, "author"), post.at("author").as_string());
    std::string posted(post.at("posted").as_string());
    std::replace(posted.begin(), posted.end(), ' ', 'T');
    days.Count(anchor, "posted", ValueIn(item, "posted_at"), posted);
    texts.Count(anchor, "text", ValueIn(item, "text"), post.at("text").as_string());
  }
  std::printf("posts: %zu found; authors %d, days %d, texts %d of %d\n", found, authors.right, days.right,
              texts.right, authors.all);
  EXPECT_GE(authors.Share(), 0.80);
  EXPECT_GE(days.Share(), 0.80);
  EXPECT_GE(texts.Share(), 0.80);
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
