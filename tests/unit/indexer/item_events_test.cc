// SPDX-License-Identifier: Apache-2.0
#include "indexer/item_events.h"

#include <gtest/gtest.h>

#include "tests/unit/base/temporary_folder.h"

namespace nightjar::indexer {
namespace {

items::Seen Page(std::uint64_t capture, const std::string& price, bool absent = false) {
  items::Seen seen{{capture},
                   FromUnixMicros(static_cast<std::int64_t>(capture) * 1'000'000),
                   "owl-7",
                   "shop",
                   "http://a.onion/item?id=7",
                   {"/item?id=7", {}, absent}};
  if (!price.empty())
    seen.sights.sightings.push_back(
        {{"owl-7", "shop", items::ItemKind::kListing, "id:7"}, "Lamp", {{"price", price, "USD"}}});
  return seen;
}

TEST(ItemEvents, TellWhatChangedAndWhatIsGoneInTheOrderOfCaptures) {
  const TemporaryFolder folder;
  const auto store =
      std::move(items::ItemStore::Open(folder / "items", items::ItemStore::Mode::kWrite).value());
  ASSERT_TRUE(store->Add(std::vector{Page(0, "5.00"), Page(1, "6.00"), Page(2, "", true)}, 3));
  const auto events = EventsOf(*store)(0, 10);
  ASSERT_TRUE(events) << events.error().Format();
  ASSERT_EQ(events->size(), 3U);
  EXPECT_TRUE((*events)[0].changes.empty()) << "to be there at all is no change";
  EXPECT_EQ((*events)[1].changes, (std::vector<std::string>{"re-priced"}));
  EXPECT_EQ((*events)[1].capture.value, 1U);
  EXPECT_TRUE((*events)[2].gone);
  EXPECT_EQ((*events)[2].url, "http://a.onion/item?id=7");
  EXPECT_EQ((*events)[2].case_id, "owl-7");
  EXPECT_EQ(EventsOf(*store)(2, 10)->size(), 1U);
}

}  // namespace
}  // namespace nightjar::indexer
