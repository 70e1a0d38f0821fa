// SPDX-License-Identifier: Apache-2.0
#include "indexer/watch/percolator.h"

#include "tests/unit/indexer/query/corpus.h"

namespace nightjar::watch {
namespace {

using indexer::SampleFacts;

class Percolation : public query::Corpus {
 protected:
  Percolation() : store_(std::move(WatchStore::Open(folder_ / "watch", WatchStore::Mode::kWrite).value())) {}

  void Save(SavedSearch search) { ASSERT_TRUE(store_->Save(std::move(search))); }
  void Owl(const std::string& path, const std::string& text = "of clay",
           const std::string& case_id = "owl-7") {
    Add(path, SampleFacts("Owl " + path, text), 0, case_id);
  }
  Status CatchUp() {
    if (!searcher_) searcher_ = OpenSearcher();
    Percolator percolator(
        {.store = store_.get(),
         .searcher = searcher_.get(),
         .events = [this](std::uint64_t first, std::size_t most) { return Events(first, most); },
         .clock = &clock_});
    return percolator.CatchUp(next_, {});
  }
  std::vector<std::string> Whys() {
    std::vector<std::string> whys;
    const auto inbox = store_->Inbox({.most = 10'000}).value();
    for (const Alert& alert : inbox)
      whys.insert(whys.begin(), alert.name + ": " + alert.why + ": " + alert.title);
    return whys;
  }
  Result<std::vector<ItemEvent>> Events(std::uint64_t first, std::size_t most) const {
    std::vector<ItemEvent> some;
    for (std::uint64_t i = first; i < events_.size() && some.size() < most; ++i) {
      some.push_back(events_[i]);
      some.back().number = i;
    }
    return some;
  }

  std::unique_ptr<WatchStore> store_;
  std::unique_ptr<query::Searcher> searcher_;
  std::vector<ItemEvent> events_;
  ManualClock clock_;
};

TEST_F(Percolation, TellsWhatIsNewSinceTheSearchWasSavedAndOnlyThat) {
  Owl("/old");
  ASSERT_TRUE(CatchUp());
  Save({.name = "owls", .text = "owl clay"});
  Owl("/1");
  Owl("/2", "of glass");
  Owl("/old");  // seen again: no new version
  ASSERT_TRUE(CatchUp());
  ASSERT_TRUE(CatchUp());
  EXPECT_EQ(Whys(), (std::vector<std::string>{"owls: new: Owl /1"}));
  EXPECT_EQ(store_->Cursor()->captures, next_);
}

TEST_F(Percolation, ShowsASearchItsOwnCaseOnly) {
  Save({.name = "ours", .case_id = "owl-7", .text = "owl"});
  Save({.name = "all", .text = "owl"});
  Owl("/1");
  Owl("/2", "of clay", "raven-1");
  ASSERT_TRUE(CatchUp());
  EXPECT_EQ(Whys(), (std::vector<std::string>{"ours: new: Owl /1", "all: new: Owl /1", "all: new: Owl /2"}));
}

TEST_F(Percolation, SaysWhatChangedAndTellsChangesToThoseWhoWantThem) {
  Save({.name = "changes", .text = "owl", .what = kChanged});
  Save({.name = "news", .text = "owl", .what = kNew});
  Owl("/1");
  Owl("/2");
  events_ = {{.capture = {1}, .item = "ab", .changes = {"re-priced", "key-changed"}}};
  ASSERT_TRUE(CatchUp());
  EXPECT_EQ(Whys(), (std::vector<std::string>{"changes: changed: key-changed, re-priced: Owl /2",
                                              "news: new: Owl /1"}));
  EXPECT_EQ(store_->Cursor()->events, 1U);
}

TEST_F(Percolation, TellsOfAChangeBackToWhatWasThereBefore) {
  Save({.name = "owls", .text = "owl clay"});
  Save({.name = "glass", .text = "glass"});
  Owl("/1", "of clay");
  Owl("/1", "of glass");
  Owl("/1", "of clay");
  const std::string url = "http://" + indexer::kSampleHost + "/1";
  events_ = {{.capture = {2}, .case_id = "owl-7", .url = url, .changes = {"rewritten"}}};
  ASSERT_TRUE(CatchUp());
  ASSERT_TRUE(CatchUp());
  EXPECT_EQ(Whys(), (std::vector<std::string>{"owls: new: Owl /1", "owls: changed: rewritten: Owl /1",
                                              "glass: new: Owl /1"}));
}

TEST_F(Percolation, TellsThatAnItemIsGoneToSearchesThatFindIt) {
  Save({.name = "clay", .text = "clay", .what = kGone});
  Save({.name = "glass", .text = "glass", .what = kGone});
  Save({.name = "other", .case_id = "raven-1", .text = "clay", .what = kGone});
  Owl("/1");
  Add("/1", SampleFacts("Not here", "nothing"));
  events_ = {{.capture = {1},
              .case_id = "owl-7",
              .url = "http://" + indexer::kSampleHost + "/1",
              .title = "Owl /1",
              .gone = true}};
  ASSERT_TRUE(CatchUp());
  ASSERT_TRUE(CatchUp());
  EXPECT_EQ(Whys(), (std::vector<std::string>{"clay: gone: Owl /1"}));
}

TEST_F(Percolation, LeavesEventsOfCapturesThatAreNotSearchableForLater) {
  Save({.name = "owls", .text = "owl"});
  Owl("/1");
  events_ = {{.capture = {0}, .changes = {"renamed"}}, {.capture = {1}, .changes = {"re-priced"}}};
  ASSERT_TRUE(CatchUp());
  EXPECT_EQ(store_->Cursor()->events, 1U);
  Owl("/2");
  ASSERT_TRUE(CatchUp());
  EXPECT_EQ(Whys(),
            (std::vector<std::string>{"owls: changed: renamed: Owl /1", "owls: changed: re-priced: Owl /2"}));
}

TEST_F(Percolation, GoesThroughALongArchiveInPieces) {
  Save({.name = "owls", .text = "owl"});
  for (int i = 0; i < 2500; ++i) {
    indexer::Observation seen;
    seen.number = {next_++};
    seen.record.url = "http://" + indexer::kSampleHost + "/" + std::to_string(i);
    seen.record.case_id = {"owl-7"};
    seen.facts = SampleFacts("Owl", i % 100 == 0 ? "of clay" : "");
    ASSERT_TRUE(writer_->Add(seen));
  }
  ASSERT_TRUE(writer_->Commit(next_));
  ASSERT_TRUE(CatchUp());
  EXPECT_EQ(Whys().size(), 2500U);
}

TEST_F(Percolation, RaisesNothingForHostsThatMustNotBeShown) {
  Save({.name = "owls", .text = "owl"});
  Owl("/1");
  searcher_ = OpenSearcher();
  searcher_->Hide([](const std::string&) -> Result<bool> { return true; });
  ASSERT_TRUE(CatchUp());
  EXPECT_TRUE(Whys().empty());
}

}  // namespace
}  // namespace nightjar::watch
