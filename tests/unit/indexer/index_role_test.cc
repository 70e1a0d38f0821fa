// SPDX-License-Identifier: Apache-2.0
// The role as a whole, with the shipped jail.
#include "indexer/index_role.h"

#include <gtest/gtest.h>

#include "indexer/query/query.h"
#include "indexer/role_lock.h"
#include "tests/unit/indexer/sample.h"

namespace nightjar::indexer {
namespace {

class IndexRoleTest : public testing::Test {
 protected:
  IndexRoleTest() {
    settings_.data = folder_.path();
    settings_.blocklist = {.md5 = "none", .waiver = "a test"};
  }
  query::Answer Find(const std::string& text) {
    return query::Searcher::Open(settings_.IndexFolder(), settings_.FactsFolder())
        .value()
        ->Search({.text = text})
        .value();
  }
  Status CatchUp() { return RunIndex(settings_, {.until_caught_up = true}, StopSignal::Install()); }

  TemporaryFolder folder_;
  config::Settings settings_;
};

constexpr char kOwl[] =
    "<html><head><title>Barn owl</title></head><body><p>Of "
    "<b>clay</b>.</p><script>hidden()</script></body></html>";

TEST_F(IndexRoleTest, ReadsCapturesInTheJailAndMakesThemSearchable) {
  SampleArchive archive(settings_.ArchiveFolder());
  archive.Append({{.path = "/item/1", .body = kOwl}, {.path = "/item/2", .body = "<p>glass</p>"}});
  const Status ended = CatchUp();
  ASSERT_TRUE(ended.has_value()) << ended.error().Format();
  EXPECT_EQ(Find("clay").hits.at(0).title, "Barn owl");
  EXPECT_EQ(Find("hidden").total, 0U);
  const auto status = ReadIndexStatus(settings_);
  ASSERT_TRUE(status.has_value());
  EXPECT_EQ(status->captures_indexed, 2U);
  EXPECT_EQ(status->documents, 2U);
}

TEST_F(IndexRoleTest, RebuildsTheSameIndexAndSwapsItUnderASearcher) {
  SampleArchive archive(settings_.ArchiveFolder());
  archive.Append({{.path = "/item/1", .body = kOwl}});
  ASSERT_TRUE(CatchUp());
  // Without facts: one process cannot have that store open for reading before it opens it for writing.
  const auto searcher = std::move(query::Searcher::Open(settings_.IndexFolder(), folder_ / "none").value());
  ASSERT_EQ(searcher->Search({.text = "clay"})->total, 1U);
  archive.Append({{.path = "/item/2", .body = "<p>clay too</p>"}});
  for (const bool reread : {false, true}) {
    const Status rebuilt = RebuildIndex(settings_, reread, StopSignal::Install());
    ASSERT_TRUE(rebuilt.has_value()) << rebuilt.error().Format();
    EXPECT_EQ(searcher->Search({.text = "clay"})->total, 2U);
    EXPECT_EQ(*searcher->Cursor(), 2U);
  }
  EXPECT_FALSE(std::filesystem::exists(settings_.IndexFolder() + ".rebuild"));
}

TEST_F(IndexRoleTest, IsAloneInItsDataFolder) {
  SampleArchive archive(settings_.ArchiveFolder());
  const auto other = TakeRoleLock(settings_.IndexFolder());
  ASSERT_TRUE(other.has_value());
  EXPECT_EQ(CatchUp().error().code, Code::kUnavailable);
  EXPECT_EQ(RebuildIndex(settings_, false, StopSignal::Install()).error().code, Code::kUnavailable);
}

TEST_F(IndexRoleTest, SaysThatThereIsNoArchiveYet) { EXPECT_EQ(CatchUp().error().code, Code::kNotFound); }

}  // namespace
}  // namespace nightjar::indexer
