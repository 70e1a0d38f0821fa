// SPDX-License-Identifier: Apache-2.0
#include "indexer/items/sighting.h"

#include <gtest/gtest.h>

namespace nightjar::items {
namespace {

wire::Field FieldOf(std::string name, std::string value, std::string unit = {}) {
  wire::Field field;
  field.name = std::move(name);
  field.value = std::move(value);
  field.unit = std::move(unit);
  return field;
}

wire::Facts Listing() {
  wire::Facts facts;
  facts.page_kind = wire::PageKind::kListing;
  facts.title = "Lamp - Market";
  facts.fields = {FieldOf("title", "Lamp"), FieldOf("item_id", "77"), FieldOf("price", "10.00", "USD"),
                  FieldOf("views", "5"), FieldOf("next_page", "/x")};
  return facts;
}

PageSights Read(const wire::Facts& facts, const std::string& url = "http://a.onion/item.php?id=77") {
  return ReadSights("case", "shop", url, facts);
}

TEST(Address, IsTheSameOnEveryMirrorAndInEverySession) {
  EXPECT_EQ(AddressOf("http://a.onion/i?id=7&PHPSESSID=abc"), "/i?id=7");
  EXPECT_EQ(AddressOf("http://b.onion/i?id=7"), "/i?id=7");
  EXPECT_EQ(AddressOf("http://b.onion/t?page=3&t=1&start=15"), "/t?t=1");
  EXPECT_EQ(AddressOf("http://b.onion/"), "/");
}

TEST(Address, KeepsParametersThatNameAPlace) {
  EXPECT_EQ(AddressOf("http://a.onion/?page=listing&id=3"), "/?page=listing&id=3");
  EXPECT_EQ(AddressOf("http://a.onion/?p=17"), "/?p=17");
}

TEST(Sights, KnowAListingByItsOwnNumber) {
  const PageSights sights = Read(Listing());
  ASSERT_EQ(sights.sightings.size(), 1U);
  EXPECT_EQ(sights.sightings[0].key, (ItemKey{"case", "shop", ItemKind::kListing, "id:77"}));
  EXPECT_EQ(sights.sightings[0].title, "Lamp");
}

TEST(Sights, KnowAListingByItsPlaceWhereItHasNoNumber) {
  wire::Facts facts = Listing();
  facts.fields.erase(facts.fields.begin() + 1);
  EXPECT_EQ(Read(facts).sightings[0].key.local, "at:/item.php?id=77");
}

TEST(Sights, LeaveOutWhatBelongsToThePageAlone) {
  std::vector<std::string> names;
  const PageSights sights = Read(Listing());
  for (const Value& value : sights.sightings[0].values) names.push_back(value.name);
  EXPECT_EQ(names, (std::vector<std::string>{"title", "item_id", "price", "views"}));
}

TEST(Sights, KnowAVendorByNameHoweverItsLettersAreWritten) {
  wire::Facts facts;
  facts.page_kind = wire::PageKind::kVendor;
  facts.fields = {FieldOf("vendor", "OwlPost")};
  EXPECT_EQ(Read(facts).sightings[0].key.local, "name:owlpost");
  facts.fields = {FieldOf("vendor", "\xD0\x9EwlPost")};  // Cyrillic O: somebody else
  EXPECT_NE(Read(facts).sightings[0].key.local, "name:owlpost");
}

TEST(Sights, CompareKeysByFingerprintNotByArmour) {
  wire::Facts facts;
  facts.page_kind = wire::PageKind::kVendor;
  facts.fields = {FieldOf("vendor", "owl"), FieldOf("pgp", "-----BEGIN PGP\nabc")};
  facts.entities.resize(2);  // the same key twice
  for (wire::Entity& entity : facts.entities) {
    entity.kind = "pgp_key";
    entity.value = "AB12";
  }
  const PageSights sights = Read(facts);
  EXPECT_EQ(sights.sightings[0].values.back(), (Value{"pgp_key", "AB12", ""}));
  EXPECT_EQ(sights.sightings[0].values.size(), 2U);
}

TEST(Sights, FindTheSamePageTextWhateverItsMenuSays) {
  wire::Facts facts;
  facts.text = "Home (3 online)\nAbout us\nfooter";
  facts.furniture = {{0, 16}, {25, 31}};
  const PageSights first = Read(facts);
  facts.text = "Home (9 online)\nAbout us\nfooter";
  EXPECT_EQ(Read(facts).sightings[0].values, first.sightings[0].values);
  facts.text = "Home (9 online)\nAbout me\nfooter";
  EXPECT_NE(Read(facts).sightings[0].values, first.sightings[0].values);
}

wire::Facts Thread(std::vector<std::vector<wire::Field>> posts) {
  wire::Facts facts;
  facts.page_kind = wire::PageKind::kThread;
  facts.fields = {FieldOf("title", "On lamps"), FieldOf("thread_id", "5")};
  for (auto& post : posts) facts.items.push_back({"post", {}, std::move(post)});
  return facts;
}

TEST(Sights, SeeEveryPostOfAThread) {
  const PageSights sights = Read(Thread({{FieldOf("post_id", "p1"), FieldOf("text", "Hello there")},
                                         {FieldOf("author", "Ada"), FieldOf("posted_at", "2026-01-02")},
                                         {FieldOf("author", "ada"), FieldOf("posted_at", "2026-01-02")}}));
  ASSERT_EQ(sights.sightings.size(), 4U);
  EXPECT_EQ(sights.sightings[1].key.local, "id:p1");
  EXPECT_EQ(sights.sightings[1].title, "Hello there");
  EXPECT_EQ(sights.sightings[2].key.local, "of:id:5 ada 2026-01-02");
  EXPECT_EQ(sights.sightings[3].key.local, "of:id:5 ada 2026-01-02 2");
}

TEST(Sights, SayNothingOnWallsFailedReadingsAndErrors) {
  for (const auto page_class : {wire::PageClass::kLogin, wire::PageClass::kCaptcha, wire::PageClass::kError,
                                wire::PageClass::kSeizureNotice, wire::PageClass::kEmpty}) {
    wire::Facts facts = Listing();
    facts.page_class = page_class;
    EXPECT_TRUE(Read(facts).address.empty());
  }
  wire::Facts facts = Listing();
  facts.verdict = wire::Verdict::kTimedOut;
  EXPECT_TRUE(Read(facts).address.empty());
}

TEST(Sights, LackAnItemOnlyWhereThePageSaysSo) {
  const ItemKey listing{"case", "shop", ItemKind::kListing, "id:77"};
  wire::Facts gone = Listing();
  gone.page_class = wire::PageClass::kNotFound;
  EXPECT_TRUE(Lacks(Read(gone), listing));

  wire::Facts other = Listing();
  other.fields[1].value = "78";
  EXPECT_TRUE(Lacks(Read(other), listing));

  wire::Facts badly_read = Listing();
  badly_read.fields.clear();
  EXPECT_FALSE(Lacks(Read(badly_read), listing));

  const ItemKey post{"case", "shop", ItemKind::kPost, "id:p9"};
  EXPECT_TRUE(Lacks(Read(Thread({{FieldOf("post_id", "p1")}})), post));
  EXPECT_FALSE(Lacks(Read(Thread({})), post));
}

TEST(Sights, KeepOneCaseApartFromAnother) {
  const ItemKey one{"a", "shop", ItemKind::kListing, "id:77"};
  const ItemKey two{"b", "shop", ItemKind::kListing, "id:77"};
  EXPECT_NE(IdOf(one), IdOf(two));
  EXPECT_EQ(IdOf(one).value.size(), kItemIdSize);
}

}  // namespace
}  // namespace nightjar::items
