// SPDX-License-Identifier: Apache-2.0
#include "indexer/items/item_store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "base/random.h"

namespace nightjar::items {
namespace {

Seen Page(std::uint64_t capture, const std::vector<std::pair<std::string, std::string>>& listings,
          bool absent = false) {
  Seen seen{{capture},
            FromUnixMicros(static_cast<std::int64_t>(capture) * 1'000'000),
            "case",
            "shop",
            "http://a.onion/item?id=7",
            {"/item?id=7", {}, absent}};
  for (const auto& [number, price] : listings)
    seen.sights.sightings.push_back(
        {{"case", "shop", ItemKind::kListing, "id:" + number}, "Lamp " + number, {{"price", price, "USD"}}});
  return seen;
}

const ItemId kLamp = IdOf({"case", "shop", ItemKind::kListing, "id:7"});

class Items : public testing::Test {
 protected:
  void SetUp() override { Open(); }
  void Open() {
    store_.reset();
    auto opened = ItemStore::Open(folder_, ItemStore::Mode::kWrite);
    ASSERT_TRUE(opened) << opened.error().Format();
    store_ = std::move(*opened);
  }
  void Add(const Seen& seen) {
    const Status added = store_->Add(std::vector{seen}, seen.capture.value + 1);
    ASSERT_TRUE(added) << added.error().Format();
  }
  std::vector<std::string> Kinds() const {
    std::vector<std::string> kinds;
    const auto events = store_->Events(0, 100);
    EXPECT_TRUE(events);
    for (const Event& event : *events)
      for (const Change& change : event.changes) kinds.emplace_back(ChangeKindName(change.kind));
    return kinds;
  }
  void TearDown() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }
  const std::string folder_ = ::testing::TempDir() + "items-" + HexEncode(SystemRandom().Take(6));
  std::unique_ptr<ItemStore> store_;
};
using Names = std::vector<std::string>;

TEST_F(Items, KeepEveryVersionWithItsCaptures) {
  Add(Page(3, {{"7", "10"}}));
  Add(Page(5, {{"7", "10"}}));
  Add(Page(8, {{"7", "12"}}));
  const auto versions = store_->Versions(kLamp);
  ASSERT_TRUE(versions);
  ASSERT_EQ(versions->size(), 2U);
  EXPECT_EQ((*versions)[0].captures, 2U);
  EXPECT_EQ((*versions)[1].values, (std::vector<Value>{{"price", "12", "USD"}}));
  const auto captures = store_->Captures(kLamp);
  ASSERT_TRUE(captures);
  EXPECT_EQ(*captures, (std::vector<std::pair<CaptureNumber, std::uint32_t>>{{{3}, 0}, {{5}, 0}, {{8}, 1}}));
  EXPECT_EQ(Kinds(), (Names{"first-seen", "re-priced"}));
}

TEST_F(Items, AreTheSameAfterReopeningAndARepeatedBatch) {
  Add(Page(3, {{"7", "10"}}));
  const auto before = store_->Find(kLamp);
  Open();
  Add(Page(3, {{"7", "10"}}));
  EXPECT_EQ(store_->Cursor().value_or(0), 4U);
  const auto after = store_->Find(kLamp);
  ASSERT_TRUE(before && after && *after);
  EXPECT_EQ(**after, **before);
  EXPECT_EQ(Kinds(), Names{"first-seen"});
}

TEST_F(Items, AreGoneWhenTheirPlaceSaysSoAndNotBefore) {
  Add(Page(1, {{"7", "10"}}));
  Seen wall = Page(2, {});
  wall.sights = {};
  Add(wall);
  EXPECT_FALSE((*store_->Find(kLamp))->gone);
  Add(Page(3, {}, true));
  EXPECT_TRUE((*store_->Find(kLamp))->gone);
  Add(Page(4, {}, true));
  Add(Page(5, {{"7", "10"}}));
  EXPECT_EQ(Kinds(), (Names{"first-seen", "gone", "back"}));
  EXPECT_EQ(store_->Versions(kLamp)->size(), 2U);
}

TEST_F(Items, AreGoneWhenAnotherStandsInTheirPlace) {
  Add(Page(1, {{"7", "10"}}));
  Add(Page(2, {{"8", "10"}}));
  EXPECT_TRUE((*store_->Find(kLamp))->gone);
  EXPECT_EQ(store_->ItemsAt("case", "shop", "/item?id=7")->size(), 1U);
}

TEST_F(Items, CanBeWalkedInSteps) {
  for (std::uint64_t i = 0; i < 25; ++i) {
    Seen seen = Page(i, {{std::to_string(i), "10"}});
    seen.sights.address = "/item?id=" + std::to_string(i);
    Add(seen);
  }
  std::size_t walked = 0;
  ItemId after;
  while (true) {
    const auto step = store_->Items(after, 10);
    ASSERT_TRUE(step);
    if (step->empty()) break;
    walked += step->size();
    after = step->back().first;
  }
  EXPECT_EQ(walked, 25U);
}

TEST_F(Items, ForgetEverythingWhenCleared) {
  Add(Page(1, {{"7", "10"}}));
  ASSERT_TRUE(store_->Clear());
  EXPECT_EQ(store_->Cursor().value_or(9), 0U);
  EXPECT_FALSE(*store_->Find(kLamp));
  EXPECT_TRUE(Kinds().empty());
}

TEST_F(Items, KnowWhenEachOfTheirCapturesWasMade) {
  Add(Page(1, {{"7", "10"}}));
  Add(Page(5, {{"7", "12"}}));
  const auto times = store_->CaptureTimes(kLamp);
  ASSERT_TRUE(times);
  EXPECT_EQ(*times, (std::vector<UtcTime>{FromUnixMicros(1'000'000), FromUnixMicros(5'000'000)}));
  EXPECT_TRUE(store_->CaptureTimes(ItemId{std::string(kItemIdSize, 'x')})->empty());
}

TEST_F(Items, KeepTheNewestCountThatASitePrintedOfEachCategory) {
  Seen first = Page(1, {});
  first.announced = {{"", 100}, {"Lamps", 7}};
  Add(first);
  Seen second = Page(2, {});
  second.announced = {{"Lamps", 9}};
  Add(second);
  auto known = store_->Announcements().value();
  std::ranges::sort(known, {}, [](const KnownAnnouncement& one) { return one.announced.category; });
  ASSERT_EQ(known.size(), 2U);
  EXPECT_EQ(known[0].announced.count, 100U);
  EXPECT_EQ(known[0].capture, CaptureNumber{1});
  EXPECT_EQ(known[1].announced.count, 9U);
  EXPECT_EQ(known[1].capture, CaptureNumber{2});
  EXPECT_EQ(known[1].when, FromUnixMicros(2'000'000));
  EXPECT_EQ(known[1].site, "shop");
  ASSERT_TRUE(store_->Clear());
  EXPECT_TRUE(store_->Announcements()->empty());
}

}  // namespace
}  // namespace nightjar::items
