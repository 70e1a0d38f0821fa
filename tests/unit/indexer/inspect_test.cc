// SPDX-License-Identifier: Apache-2.0
#include "indexer/inspect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <xapian.h>

#include <filesystem>

#include "base/file.h"
#include "indexer/compact.h"
#include "indexer/folders.h"
#include "indexer/follower.h"
#include "indexer/item_keeper.h"
#include "indexer/query/layout.h"
#include "indexer/query/query.h"
#include "indexer/role_lock.h"
#include "tests/unit/indexer/sample.h"

namespace nightjar::indexer {
namespace {

using testing::Contains;
using testing::HasSubstr;

class InspectTest : public testing::Test {
 protected:
  InspectTest() : archive_(folder_ / "archive") {
    settings_.data = folder_.path();
    std::vector<SamplePage> pages;
    for (int i = 0; i < 30; ++i) {
      const std::string number = std::to_string(i);
      pages.push_back({.path = "/" + number, .body = "<h1>Owl " + number + "</h1><p>clay</p>"});
    }
    archive_.Append(pages);
    auto facts = facts::FactsStore::Open(settings_.FactsFolder(), facts::FactsStore::Mode::kWrite).value();
    auto writer = IndexWriter::Open(settings_.IndexFolder()).value();
    auto items =
        items::ItemStore::Open(ItemsFolder(settings_.IndexFolder()), items::ItemStore::Mode::kWrite).value();
    const SiteNames sites;
    ItemKeeper keeper(*items, sites);
    Follower follower({.archive = &archive_.reader(),
                       .facts = facts.get(),
                       .index = writer.get(),
                       .items = &keeper,
                       .clock = &SystemClock(),
                       .read = PlainReader(),
                       .until_caught_up = true});
    EXPECT_TRUE(follower.Run(std::stop_token()));
  }

  TemporaryFolder folder_;
  config::Settings settings_;
  SampleArchive archive_;
};

TEST_F(InspectTest, TellsWhatIsSearchable) {
  const IndexShape shape = InspectIndex(settings_).value();
  EXPECT_EQ(shape.captures_below, 30U);
  EXPECT_EQ(shape.captures, 30U);
  EXPECT_EQ(shape.documents, 30U);
  ASSERT_EQ(shape.shards.size(), 2U);
  EXPECT_GT(shape.shards[0].documents, 0U);
  EXPECT_EQ(shape.shards[0].documents + shape.shards[1].documents, 30U);
  EXPECT_GT(shape.shards[0].bytes, 0U);
  EXPECT_GT(shape.column_bytes, 0U);
}

TEST_F(InspectTest, FindsASoundIndexSound) {
  const IndexCheck check = CheckIndex(settings_).value();
  EXPECT_EQ(check.documents, 30U);
  EXPECT_THAT(check.problems, testing::IsEmpty());
}

TEST_F(InspectTest, FindsADocumentThatIsGone) {
  {
    Xapian::WritableDatabase shard(query::ShardFolder(settings_.IndexFolder(), 0));
    shard.delete_document(*shard.postlist_begin(std::string()));
    shard.commit();
  }
  const IndexCheck check = CheckIndex(settings_).value();
  EXPECT_EQ(check.problems_found, 1U);
  EXPECT_THAT(check.problems, Contains(HasSubstr("is missing from shard 0")));
}

TEST_F(InspectTest, FindsADocumentThatNobodyMade) {
  {
    Xapian::WritableDatabase shard(query::ShardFolder(settings_.IndexFolder(), 1));
    shard.replace_document(77, Xapian::Document());
    shard.commit();
  }
  EXPECT_THAT(CheckIndex(settings_).value().problems, Contains(HasSubstr("never given out")));
}

TEST_F(InspectTest, FindsDamageInAShard) {
  const std::string file = query::ShardFolder(settings_.IndexFolder(), 0) + "/postlist.glass";
  Bytes bytes = ReadFile(file).value();
  for (std::size_t i = 100; i < bytes.size(); i += 7) bytes[i] = static_cast<char>(bytes[i] ^ 0x55);
  ASSERT_TRUE(WriteFileDurably(file, bytes));
  EXPECT_GT(CheckIndex(settings_).value().problems_found, 0U);
}

TEST_F(InspectTest, RefusesToReadWhatARoleIsWriting) {
  const auto lock = TakeRoleLock(settings_.IndexFolder()).value();
  EXPECT_EQ(CheckIndex(settings_).error().code, Code::kUnavailable);
  EXPECT_EQ(CompactIndex(settings_).error().code, Code::kUnavailable);
}

TEST_F(InspectTest, CompactingKeepsDocumentsItemsAndTheWriterGoingOn) {
  auto searcher = query::Searcher::Open(settings_.IndexFolder(), settings_.FactsFolder()).value();
  const auto found = [&](const std::string& text) -> std::size_t {  // by a searcher of the old folder's time
    const auto answer = searcher->Search({.text = text, .limit = 100});
    EXPECT_TRUE(answer) << answer.error().Format();
    return answer ? answer->hits.size() : 0;
  };
  ASSERT_EQ(found("owl"), 30U);
  const auto done = CompactIndex(settings_);
  ASSERT_TRUE(done) << done.error().Format();
  EXPECT_LE(done->bytes_after, done->bytes_before);
  EXPECT_EQ(found("owl"), 30U);
  EXPECT_EQ(found("\"owl 7\""), 1U);
  const auto check = CheckIndex(settings_);
  ASSERT_TRUE(check) << check.error().Format();
  EXPECT_THAT(check->problems, testing::IsEmpty());
  const auto items =
      items::ItemStore::Open(ItemsFolder(settings_.IndexFolder()), items::ItemStore::Mode::kReadOnly);
  ASSERT_TRUE(items) << items.error().Format();
  EXPECT_EQ((*items)->Cursor().value(), 30U);
  searcher.reset();  // a process that reads a store cannot open it for writing
  const auto writer = IndexWriter::Open(settings_.IndexFolder());
  ASSERT_TRUE(writer) << writer.error().Format();
  EXPECT_EQ((*writer)->cursor(), 30U);
}

TEST(Inspect, OfNoIndexSaysSo) {
  const TemporaryFolder folder;
  config::Settings settings;
  settings.data = folder.path();
  EXPECT_EQ(InspectIndex(settings).error().code, Code::kNotFound);
  EXPECT_EQ(CheckIndex(settings).error().code, Code::kNotFound);
  EXPECT_EQ(CompactIndex(settings).error().code, Code::kNotFound);
}

}  // namespace
}  // namespace nightjar::indexer
