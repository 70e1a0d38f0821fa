// SPDX-License-Identifier: Apache-2.0
#include "indexer/forget.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "indexer/follower.h"
#include "indexer/hunt/hunt_store.h"
#include "indexer/query/query.h"
#include "indexer/watch/watch_store.h"
#include "tests/unit/indexer/sample.h"

namespace nightjar::indexer {
namespace {

class ForgetTest : public testing::Test {
 protected:
  ForgetTest() : archive_(folder_ / "archive") { settings_.data = folder_.path(); }

  void CatchUp() {
    auto facts = facts::FactsStore::Open(settings_.FactsFolder(), facts::FactsStore::Mode::kWrite).value();
    auto writer = IndexWriter::Open(settings_.IndexFolder()).value();
    Follower follower({.archive = &archive_.reader(),
                       .facts = facts.get(),
                       .index = writer.get(),
                       .clock = &SystemClock(),
                       .read = PlainReader(),
                       .until_caught_up = true});
    const auto done = follower.Run(std::stop_token());
    ASSERT_TRUE(done) << done.error().Format();
  }
  Forgotten Forget() {
    const auto done = ForgetErased(settings_);
    EXPECT_TRUE(done) << done.error().Format();
    return done.value_or(Forgotten{});
  }
  query::Answer Find(const std::string& text) {
    return query::Searcher::Open(settings_.IndexFolder(), settings_.FactsFolder())
        .value()
        ->Search({.text = text, .limit = 100})
        .value();
  }
  // In which files of facts and index a string stands, in clear or in the compressed facts' literals.
  std::vector<std::string> FilesHolding(const std::string& text) {
    std::vector<std::string> found;
    for (const std::string& folder : {settings_.FactsFolder(), settings_.IndexFolder()})
      for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && ReadFile(entry.path().string())->find(text) != Bytes::npos)
          found.push_back(entry.path().string());
    return found;
  }

  TemporaryFolder folder_;
  config::Settings settings_;
  SampleArchive archive_;
};

TEST_F(ForgetTest, LeavesNoByteOfWhatWasErasedAndKeepsTheRest) {
  archive_.Append({{.path = "/a", .body = "Canaryowl secretword\nclay quixoticum"},
                   {.path = "/b", .body = "Owl two\nclay other"},
                   {.path = "/c", .body = "Owl three\nclay third"}});
  CatchUp();
  ASSERT_FALSE(FilesHolding("quixoticum").empty());
  archive_.Erase("0");
  const Forgotten done = Forget();
  EXPECT_EQ(done.documents, 1U);
  EXPECT_EQ(done.facts, 1U);
  EXPECT_EQ(Find("quixoticum").total, 0U);
  EXPECT_EQ(Find("clay").total, 2U);
  for (const std::string word : {"quixoticum", "canaryowl", "Canaryowl", "secretword"})
    for (const std::string& file : FilesHolding(word)) ADD_FAILURE() << word << " stands in " << file;
  CatchUp();
  EXPECT_EQ(Find("clay").total, 2U) << "it goes on as before";
  EXPECT_EQ(Forget().documents, 0U) << "and is done";
}

TEST_F(ForgetTest, LeavesNoByteInAlertsAndInWhatHuntsFound) {
  archive_.Append({{.path = "/a", .body = "Owl\nclay"}, {.path = "/b", .body = "Owl\nclay"}});
  CatchUp();
  {
    const auto watch =
        std::move(watch::WatchStore::Open(settings_.WatchFolder(), watch::WatchStore::Mode::kWrite).value());
    const auto search = watch->Save({.name = "owls", .text = "owl"}).value();
    ASSERT_TRUE(
        watch->Raise(std::vector<watch::Alert>{{.key = "k", .search = search.id, .title = "quixoticum"}},
                     {.captures = 2}));
    const auto hunts =
        std::move(hunt::HuntStore::Open(settings_.HuntFolder(), hunt::HuntStore::Mode::kWrite).value());
    const hunt::Hunt hunt = hunts->Add({.name = "owls", .patterns = {"owl"}}).value();
    ASSERT_TRUE(hunts->Advance(hunt, 0, std::vector<hunt::Match>{{.snippet = "quixoticum"}}));
  }
  archive_.Erase("0");
  Forget();
  for (const std::string& folder : {settings_.WatchFolder(), settings_.HuntFolder()})
    EXPECT_EQ(ReadFile(folder + "/data.mdb")->find("quixoticum"), Bytes::npos) << folder;
}

TEST_F(ForgetTest, KeepsAPageThatAnotherCaptureStillShows) {
  archive_.Append({{.path = "/a", .body = "Owl\nclay", .at = 1767225600}});
  archive_.Append({{.path = "/a", .body = "Owl\nclay", .at = 1767312000}});
  archive_.Append({{.path = "/a", .body = "Owl\nclay", .at = 1767398400}});
  CatchUp();
  archive_.Erase("0", "2");
  EXPECT_EQ(Forget().documents, 1U);
  const auto answer = Find("clay");
  ASSERT_EQ(answer.total, 1U);
  EXPECT_EQ(answer.hits[0].captures, 1U);
  EXPECT_EQ(answer.hits[0].capture.value, 1U);
  EXPECT_EQ(answer.hits[0].first_seen, answer.hits[0].last_seen);
}

TEST_F(ForgetTest, DropsTheWordsFromTheSpellingDictionaryUnlessOthersUseThem) {
  archive_.Append({{.path = "/a", .body = "Zebrafinch owlery\nx"}, {.path = "/b", .body = "Owlery\ny"}});
  CatchUp();
  ASSERT_EQ(Find("zebrafinck").corrected, "zebrafinch");
  archive_.Erase("0");
  Forget();
  EXPECT_EQ(Find("zebrafinck").corrected, "");
  EXPECT_EQ(Find("owlerx").corrected, "owlery");
}

TEST_F(ForgetTest, IsNotUndoneByARebuild) {
  archive_.Append({{.path = "/a", .body = "Owl\nclay"}, {.path = "/b", .body = "Elk\nclay"}});
  archive_.Erase("0", "1");
  CatchUp();
  EXPECT_EQ(Find("clay").total, 0U);
}

}  // namespace
}  // namespace nightjar::indexer
