// SPDX-License-Identifier: Apache-2.0
#include "archive/alerts/alerts.h"

#include <gtest/gtest.h>

#include "tests/unit/base/temporary_folder.h"

namespace nightjar::alerts {
namespace {

Alert Example(const std::string& text) {
  return {FromUnixMicros(1767225600000000), "hash-list", text, "fetch 00ff"};
}

TEST(AlertStore, KeepsAlertsOverAReopening) {
  const TemporaryFolder folder;
  {
    const auto store = AlertStore::Open(folder / "alerts", AlertStore::Mode::kWrite);
    ASSERT_TRUE(store) << store.error().Format();
    for (const std::string text : {"first", "second", "third"}) ASSERT_TRUE((*store)->Raise(Example(text)));
  }
  const auto store = AlertStore::Open(folder / "alerts", AlertStore::Mode::kReadOnly);
  ASSERT_TRUE(store);
  EXPECT_EQ((*store)->Total().value(), 3U);
  EXPECT_EQ((*store)->Newest(2).value(), (std::vector{Example("third"), Example("second")}));
}

TEST(AlertStore, AddsUpCountsByName) {
  const TemporaryFolder folder;
  const auto store = AlertStore::Open(folder / "alerts", AlertStore::Mode::kWrite);
  ASSERT_TRUE(store);
  ASSERT_TRUE((*store)->Count({}));
  ASSERT_TRUE((*store)->Count({{"blocklist.link", 2}, {"blocklist.fetch", 1}}));
  ASSERT_TRUE((*store)->Count({{"blocklist.link", 3}}));
  const std::map<std::string, std::uint64_t> expected{{"blocklist.fetch", 1}, {"blocklist.link", 5}};
  EXPECT_EQ((*store)->Counts().value(), expected);
}

TEST(AlertStore, ForgetsWhatItSaidOfAHostButNotThatThereWasAnAlert) {
  const TemporaryFolder folder;
  const auto store = AlertStore::Open(folder / "alerts", AlertStore::Mode::kWrite);
  ASSERT_TRUE(store);
  ASSERT_TRUE((*store)->Raise(Example("at owl.onion")));
  ASSERT_TRUE((*store)->Raise(Example("at elk.onion")));
  EXPECT_EQ((*store)->Forget("owl.onion").value(), 1U);
  const auto newest = (*store)->Newest(5).value();
  ASSERT_EQ(newest.size(), 2U);
  EXPECT_EQ(newest[0], Example("at elk.onion"));
  EXPECT_EQ(newest[1].kind, "hash-list");
  EXPECT_EQ(newest[1].text.find("owl"), std::string::npos);
  EXPECT_EQ(newest[1].subject, "-");
}

TEST(AlertStore, SaysWhenThereIsNoneYet) {
  const TemporaryFolder folder;
  EXPECT_EQ(AlertStore::Open(folder / "none", AlertStore::Mode::kReadOnly).error().code, Code::kNotFound);
}

}  // namespace
}  // namespace nightjar::alerts
