// SPDX-License-Identifier: Apache-2.0
// Every page of the synthetic sites through the shipped, jailed reader with the profiles that come with
// Nightjar: each value of the ground truth must be right.
#include <gmock/gmock.h>

#include "config/site_profile.h"
#include "sandbox/pool/pool.h"
#include "tests/hostile/started.h"
#include "tests/hostile/world_documents.h"

namespace nightjar::pool {
namespace {

std::string ValueOf(const std::vector<wire::Field>& fields, std::string_view name) {
  std::string joined;
  for (const wire::Field& field : fields)
    if (field.name == name) joined.append(joined.empty() ? "" : "; ").append(field.value);
  return joined;
}

std::string UnitOf(const std::vector<wire::Field>& fields, std::string_view name) {
  for (const wire::Field& field : fields)
    if (field.name == name) return field.unit;
  return "";
}

std::string TextOf(const json::value& value) {
  return value.is_string() ? std::string(value.as_string()) : std::to_string(value.to_number<std::int64_t>());
}

std::string Joined(const json::value& list, std::string_view separator) {
  std::string joined;
  for (const json::value& one : list.as_array())
    joined.append(joined.empty() ? "" : separator).append(one.as_string());
  return joined;
}

class ProfiledReading : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto made = world::World::Make({});
    ASSERT_TRUE(made);
    world_ = std::move(*made);
    truth_ = json::parse(world_->TruthJson()).as_object();
    const auto profiles = config::LoadSiteProfiles(std::string(NIGHTJAR_SOURCE) + "/config/profiles");
    ASSERT_TRUE(profiles) << profiles.error().Format();
    auto pool = Pool::Start({.program = hostile::Program("nightjar-parser"),
                             .profiles = config::ReadingRulesOf(*profiles),
                             .workers = 2});
    ASSERT_TRUE(pool) << pool.error().Format();
    for (const auto& site : world_->sites()) {
      for (const world::Place& place : site->Places()) {
        auto facts = (*pool)->Read(hostile::DocumentOf(*site, place.target));
        ASSERT_TRUE(facts) << facts.error().Format();
        pages_[site->who().name + place.target] = std::move(*facts);
      }
    }
  }
  static void TearDownTestSuite() {
    world_.reset();
    pages_.clear();
  }

  static const wire::Facts& At(const json::object& entry) {
    const auto found = pages_.find(TextOf(entry.at("site")) + TextOf(entry.at("path")));
    if (found == pages_.end()) ADD_FAILURE() << json::serialize(entry);
    return found->second;
  }

  static std::unique_ptr<world::World> world_;
  static json::object truth_;
  static std::map<std::string, wire::Facts> pages_;
};

std::unique_ptr<world::World> ProfiledReading::world_;
json::object ProfiledReading::truth_;
std::map<std::string, wire::Facts> ProfiledReading::pages_;

TEST_F(ProfiledReading, FindsEveryValueOfEveryListing) {
  ASSERT_GE(truth_.at("listings").as_array().size(), 100U);
  for (const json::value& value : truth_.at("listings").as_array()) {
    const json::object& listing = value.as_object();
    const wire::Facts& facts = At(listing);
    SCOPED_TRACE(TextOf(listing.at("path")));
    EXPECT_EQ(facts.page_kind, wire::PageKind::kListing);
    for (const char* name : {"title", "vendor", "ships_from", "stock", "sold", "rating", "description"})
      EXPECT_EQ(ValueOf(facts.fields, name), TextOf(listing.at(name))) << name;
    EXPECT_EQ(ValueOf(facts.fields, "posted_at"), TextOf(listing.at("posted")));
    EXPECT_EQ(ValueOf(facts.fields, "category"), Joined(listing.at("category"), " > "));
    EXPECT_EQ(ValueOf(facts.fields, "ships_to"), Joined(listing.at("ships_to"), "; "));
    for (const auto& [name, field] :
         {std::pair("price", "price"), std::pair("price_in_crypto", "price_in_coins")}) {
      const json::object& money = listing.at(name).as_object();
      EXPECT_EQ(ValueOf(facts.fields, field), TextOf(money.at("amount")));
      EXPECT_EQ(UnitOf(facts.fields, field), TextOf(money.at("currency")));
    }
    EXPECT_EQ(std::ranges::count(facts.items, "feedback", &wire::Item::kind),
              listing.at("feedback").to_number<std::int64_t>());
    for (const wire::Item& row : facts.items) {
      if (row.kind != "feedback") continue;
      for (const char* name : {"date", "score", "buyer", "text"})
        EXPECT_NE(ValueOf(row.fields, name), "") << name;
    }
  }
}

TEST_F(ProfiledReading, FindsEveryValueOfEveryVendor) {
  ASSERT_GE(truth_.at("vendors").as_array().size(), 10U);
  for (const json::value& value : truth_.at("vendors").as_array()) {
    const json::object& vendor = value.as_object();
    const wire::Facts& facts = At(vendor);
    SCOPED_TRACE(TextOf(vendor.at("path")));
    EXPECT_EQ(facts.page_kind, wire::PageKind::kVendor);
    EXPECT_EQ(ValueOf(facts.fields, "vendor"), TextOf(vendor.at("name")));
    EXPECT_EQ(ValueOf(facts.fields, "member_since"), TextOf(vendor.at("joined")));
    for (const char* name : {"sales", "rating", "terms"})
      EXPECT_EQ(ValueOf(facts.fields, name), TextOf(vendor.at(name))) << name;
    EXPECT_EQ(std::ranges::count(facts.items, "offer", &wire::Item::kind),
              vendor.at("listings").to_number<std::int64_t>());
  }
}

TEST_F(ProfiledReading, FindsEveryValueOfEveryPost) {
  ASSERT_GE(truth_.at("posts").as_array().size(), 100U);
  for (const json::value& value : truth_.at("posts").as_array()) {
    const json::object& post = value.as_object();
    const wire::Facts& facts = At(post);
    SCOPED_TRACE(TextOf(post.at("path")) + "#" + TextOf(post.at("anchor")));
    EXPECT_EQ(facts.page_kind, wire::PageKind::kThread);
    EXPECT_EQ(ValueOf(facts.fields, "title"), TextOf(post.at("thread")));
    const auto found = std::ranges::find_if(facts.items, [&](const wire::Item& item) {
      return item.kind == "post" && ValueOf(item.fields, "post_id") == TextOf(post.at("anchor"));
    });
    ASSERT_NE(found, facts.items.end());
    EXPECT_EQ(ValueOf(found->fields, "author"), TextOf(post.at("author")));
    EXPECT_EQ(ValueOf(found->fields, "text"), TextOf(post.at("text")));
    std::string posted = TextOf(post.at("posted"));
    posted.replace(posted.find(' '), 1, "T");
    EXPECT_EQ(ValueOf(found->fields, "posted_at"), posted);
  }
}

TEST_F(ProfiledReading, GivesTheSameFactsByteForByteInAnotherWorker) {
  const auto profiles = config::LoadSiteProfiles(std::string(NIGHTJAR_SOURCE) + "/config/profiles");
  const auto pool = Pool::Start(
      {.program = hostile::Program("nightjar-parser"), .profiles = config::ReadingRulesOf(*profiles)});
  ASSERT_TRUE(pool);
  for (const auto& site : world_->sites()) {
    for (const world::Place& place : site->Places()) {
      const auto facts = (*pool)->Read(hostile::DocumentOf(*site, place.target));
      ASSERT_TRUE(facts);
      EXPECT_EQ(wire::Encode(*facts), wire::Encode(pages_[site->who().name + place.target])) << place.target;
    }
  }
}

TEST_F(ProfiledReading, FindsEveryThreadOnItsBoard) {
  std::set<std::string> listed;
  for (const auto& [where, facts] : pages_)
    for (const wire::Item& item : facts.items)
      if (item.kind == "thread")
        listed.insert(ValueOf(item.fields, "title") + " by " + ValueOf(item.fields, "author"));
  for (const json::value& value : truth_.at("threads").as_array()) {
    const json::object& thread = value.as_object();
    EXPECT_TRUE(listed.contains(TextOf(thread.at("title")) + " by " + TextOf(thread.at("author"))))
        << TextOf(thread.at("title"));
  }
}

}  // namespace
}  // namespace nightjar::pool
