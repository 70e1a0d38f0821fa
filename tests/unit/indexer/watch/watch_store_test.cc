// SPDX-License-Identifier: Apache-2.0
#include "indexer/watch/watch_store.h"

#include <gtest/gtest.h>

#include "tests/unit/base/temporary_folder.h"

namespace nightjar::watch {
namespace {

UtcTime At(int seconds) { return UtcTime(std::chrono::seconds(1767225600 + seconds)); }

class Store : public testing::Test {
 protected:
  Store() : store_(std::move(WatchStore::Open(folder_ / "watch", WatchStore::Mode::kWrite).value())) {}

  SavedSearch Save(const std::string& name, const std::vector<std::string>& sinks = {}) {
    return store_->Save({.name = name, .text = "owl", .sinks = sinks, .created = At(0)}).value();
  }
  static Alert About(const SavedSearch& search, std::uint64_t capture) {
    return {.key = KeyOf(search, "version", capture),
            .search = search.id,
            .name = search.name,
            .why = "new",
            .capture = {capture},
            .url = "http://a.onion/" + std::to_string(capture),
            .title = "Owl",
            .when = At(1)};
  }

  TemporaryFolder folder_;
  std::unique_ptr<WatchStore> store_;
};

TEST_F(Store, KeepsSearchesAndNeverGivesAnIdTwice) {
  const SavedSearch first = Save("owls", {"mail"});
  EXPECT_EQ(store_->Find("owls").value(), first);
  EXPECT_EQ(store_->Save({.name = "owls", .text = "raven"}).error().code, Code::kAlreadyExists);
  EXPECT_EQ(store_->Save({.name = "No Name", .text = "raven"}).error().code, Code::kInvalidInput);
  ASSERT_TRUE(store_->Remove("owls"));
  EXPECT_EQ(store_->Find("owls").error().code, Code::kNotFound);
  EXPECT_GT(Save("owls").id, first.id) << "an old key would silence the new search";
}

TEST_F(Store, RefusesAQueryThatCannotBeReadAndSaysWhere) {
  const auto saved = store_->Save({.name = "owls", .text = "owl AND ("});
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().code, Code::kInvalidInput);
  EXPECT_NE(saved.error().Format().find("character"), std::string::npos) << saved.error().Format();
}

TEST_F(Store, RaisesAnEventOnceHoweverOftenItIsTold) {
  const SavedSearch search = Save("owls");
  const std::vector<Alert> alerts{About(search, 3), About(search, 4)};
  EXPECT_EQ(store_->Raise(alerts, {.captures = 5}).value(), 2U);
  EXPECT_EQ(store_->Raise(alerts, {.captures = 5}).value(), 0U);
  EXPECT_EQ(store_->Cursor().value(), (Progress{.captures = 5}));
  const auto inbox = store_->Inbox({}).value();
  ASSERT_EQ(inbox.size(), 2U);
  EXPECT_EQ(inbox[0].capture.value, 4U) << "newest first";
}

TEST_F(Store, RaisesNothingForASearchThatWasPausedOrRemovedMeanwhile) {
  const SavedSearch paused = Save("paused");
  const SavedSearch removed = Save("removed");
  ASSERT_TRUE(store_->Pause("paused", true));
  ASSERT_TRUE(store_->Remove("removed"));
  EXPECT_EQ(store_->Raise(std::vector{About(paused, 1), About(removed, 1)}, {.captures = 2}).value(), 0U);
}

TEST_F(Store, FiltersAndPagesTheInboxAndRemembersWhatWasRead) {
  const SavedSearch owls = Save("owls");
  const SavedSearch ravens = Save("ravens");
  for (std::uint64_t n = 0; n < 6; ++n)
    ASSERT_TRUE(store_->Raise(std::vector{About(n % 2 == 0 ? owls : ravens, n)}, {.captures = n + 1}));
  EXPECT_EQ(store_->Inbox({.search = "owls"})->size(), 3U);
  const auto page = store_->Inbox({.most = 2}).value();
  EXPECT_EQ(store_->Inbox({.before = page.back().number, .most = 10})->size(), 4U);
  EXPECT_TRUE(store_->MarkRead(page[0].number).value());
  EXPECT_FALSE(store_->MarkRead(page[0].number).value());
  EXPECT_EQ(store_->Inbox({.unread_only = true})->size(), 5U);
  EXPECT_EQ(store_->MarkRead(99).error().code, Code::kNotFound);
}

TEST_F(Store, LaysDeliveriesOutByWhenTheyAreDue) {
  const SavedSearch search = Save("owls", {"webhook", "mail"});
  ASSERT_TRUE(store_->Raise(std::vector{About(search, 1), About(search, 2)}, {.captures = 3}));
  EXPECT_EQ(store_->WaitingCount().value(), 4U);
  const auto due = store_->Due("webhook", At(2), 10).value();
  ASSERT_EQ(due.size(), 2U);
  ASSERT_TRUE(store_->Failed(due[0], At(60), "nobody there"));
  ASSERT_TRUE(store_->Delivered(due[1]));
  EXPECT_TRUE(store_->Due("webhook", At(2), 10)->empty());
  const auto again = store_->Due("webhook", At(61), 10).value();
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].tries, 1U);
  EXPECT_EQ(again[0].last_error, "nobody there");
  EXPECT_EQ(store_->Due("mail", At(2), 10)->size(), 2U);
}

TEST_F(Store, ForgetsWhatWasErasedButNotThatItWasTold) {
  const SavedSearch search = Save("owls");
  ASSERT_TRUE(store_->Raise(std::vector{About(search, 1), About(search, 2)}, {.captures = 3}));
  EXPECT_EQ(store_->Forget([](CaptureNumber n) { return n.value == 1; }).value(), 1U);
  const Alert forgotten = store_->Inbox({}).value().back();
  EXPECT_EQ(forgotten.url, "");
  EXPECT_EQ(forgotten.title, "(erased)");
  EXPECT_EQ(store_->Raise(std::vector{About(search, 1)}, {.captures = 3}).value(), 0U);
}

TEST(What, IsReadAndWrittenInWords) {
  EXPECT_EQ(ParseWhat("gone,new").value(), kNew | kGone);
  EXPECT_EQ(WhatNames(kNew | kGone), "new,gone");
  EXPECT_FALSE(ParseWhat("new,,gone"));
  EXPECT_FALSE(ParseWhat(""));
  EXPECT_FALSE(ParseWhat("all"));
}

}  // namespace
}  // namespace nightjar::watch
