// SPDX-License-Identifier: Apache-2.0
#include "indexer/follower.h"

#include <gtest/gtest.h>
#include <xapian.h>

#include <atomic>
#include <filesystem>
#include <optional>

#include "indexer/columns/writer.h"
#include "indexer/query/query.h"
#include "tests/unit/indexer/sample.h"

namespace nightjar::indexer {
namespace {

class FollowerTest : public testing::Test {
 protected:
  FollowerTest() : archive_(folder_ / "archive") {
    facts_ = std::move(facts::FactsStore::Open(folder_ / "facts", facts::FactsStore::Mode::kWrite).value());
    OpenWriter();
  }
  void OpenWriter() {
    writer_.reset();
    writer_ = std::move(IndexWriter::Open(folder_ / "index").value());
  }
  Follower::Options Options(ReadInJail read) {
    return {.archive = &archive_.reader(),
            .facts = facts_.get(),
            .index = writer_.get(),
            .clock = &SystemClock(),
            .read = std::move(read),
            .threads = 3,
            .until_caught_up = true,
            .commit_documents = 7};
  }
  Status CatchUp() { return Follower(Options(reader_)).Run(std::stop_token()); }
  query::Answer Find(const std::string& text) {
    return query::Searcher::Open(folder_ / "index", folder_ / "facts")
        .value()
        ->Search({.text = text, .limit = 100})
        .value();
  }
  static std::vector<SamplePage> Pages(int first, int end) {
    std::vector<SamplePage> pages;
    for (int n = first; n < end; ++n) {
      pages.push_back({.path = "/item/" + std::to_string(n),
                       .body = "Owl " + std::to_string(n) + "\nclay number" + std::to_string(n)});
    }
    return pages;
  }

  TemporaryFolder folder_;
  SampleArchive archive_;
  std::unique_ptr<facts::FactsStore> facts_;
  std::unique_ptr<IndexWriter> writer_;
  PlainReader reader_;
};

TEST_F(FollowerTest, MakesEveryCaptureSearchable) {
  archive_.Append(Pages(0, 50));
  ASSERT_TRUE(CatchUp());
  EXPECT_EQ(writer_->cursor(), 50U);
  EXPECT_EQ(Find("clay").total, 50U);
  EXPECT_EQ(Find("number17").hits[0].capture.value, 17U);
  EXPECT_EQ(*facts_->End(), 50U);
}

TEST_F(FollowerTest, GoesOnWhereItStopped) {
  archive_.Append(Pages(0, 20));
  ASSERT_TRUE(CatchUp());
  archive_.Append(Pages(20, 45));
  OpenWriter();
  ASSERT_TRUE(CatchUp());
  EXPECT_EQ(Find("clay").total, 45U);
  EXPECT_EQ(*reader_.calls, 45);
}

TEST_F(FollowerTest, StoresFactsInCaptureOrderHoweverLongReadingTakes) {
  archive_.Append(Pages(0, 40));
  std::atomic<std::uint64_t> highest = 0;
  const auto uneven = [&](const wire::Document& document) {
    // Whoever is early has to wait: later captures are read first, and still stored after the earlier ones.
    if (document.number % 4 == 0) {
      EXPECT_TRUE(Eventually([&] { return highest >= std::min<std::uint64_t>(document.number + 2, 38); }));
    }
    std::uint64_t seen = highest;
    while (seen < document.number && !highest.compare_exchange_weak(seen, document.number)) {
    }
    return reader_(document);
  };
  ASSERT_TRUE(Follower(Options(uneven)).Run(std::stop_token()));
  EXPECT_EQ(writer_->cursor(), 40U);
  for (std::uint64_t n = 0; n < 40; ++n) EXPECT_EQ(facts_->Get({n})->title, "Owl " + std::to_string(n));
}

TEST_F(FollowerTest, PassesOverFailedExchanges) {
  std::vector<SamplePage> pages = Pages(0, 3);
  pages[1].outcome = captures::Outcome::kTimedOut;
  archive_.Append(pages);
  ASSERT_TRUE(CatchUp());
  EXPECT_EQ(writer_->cursor(), 3U);
  EXPECT_EQ(Find("clay").total, 2U);
  EXPECT_EQ(facts_->Get({1}).error().code, Code::kNotFound);
}

TEST_F(FollowerTest, UpdatesAVersionThatIsSeenAgain) {
  archive_.Append(Pages(0, 5));
  archive_.Append(Pages(0, 5));
  ASSERT_TRUE(CatchUp());
  const query::Answer answer = Find("clay");
  EXPECT_EQ(answer.total, 5U);
  for (const query::Hit& hit : answer.hits) EXPECT_EQ(hit.captures, 2U);
}

TEST_F(FollowerTest, ReadsNothingTwiceAfterAKillBetweenFactsAndCommit) {
  archive_.Append(Pages(0, 5));
  for (std::uint64_t n = 0; n < 5; ++n) {
    const std::pair<CaptureNumber, wire::Facts> row{{n}, SampleFacts("Stored owl", "clay")};
    ASSERT_TRUE(facts_->Put({&row, 1}));
  }
  ASSERT_TRUE(CatchUp());
  EXPECT_EQ(*reader_.calls, 0);
  EXPECT_EQ(Find("stored").total, 5U);
}

TEST_F(FollowerTest, ReadsAgainWhenToldTo) {
  archive_.Append(Pages(0, 5));
  ASSERT_TRUE(CatchUp());
  std::filesystem::remove_all(folder_ / "index");
  OpenWriter();
  Follower::Options options = Options(reader_);
  options.reread = true;
  ASSERT_TRUE(Follower(std::move(options)).Run(std::stop_token()));
  EXPECT_EQ(*reader_.calls, 10);
}

TEST_F(FollowerTest, ReadsNothingWhileItIsHeldAndEverythingThen) {
  archive_.Append(Pages(0, 5));
  std::atomic<int> held = 0;
  std::atomic<int> read_early = 0;
  auto options = Options([&](const wire::Document& document) {
    read_early += held < 3 ? 1 : 0;
    return reader_(document);
  });
  options.hold = [&] { return ++held < 3; };
  ASSERT_TRUE(Follower(std::move(options)).Run(std::stop_token()));
  EXPECT_EQ(read_early, 0);
  EXPECT_EQ(Find("clay").total, 5U);
}

TEST_F(FollowerTest, FillsAFactsStoreThatWasEmptied) {
  archive_.Append(Pages(0, 5));
  ASSERT_TRUE(CatchUp());
  ASSERT_TRUE(facts_->Clear());
  OpenWriter();
  ASSERT_TRUE(CatchUp());
  EXPECT_EQ(*facts_->End(), 5U);
  EXPECT_EQ(Find("clay").total, 5U);
}

TEST_F(FollowerTest, ReadsInTheJailOnlyWhatIsNew) {
  auto options = Options(reader_);
  options.reader = "build 1";
  archive_.Append(Pages(0, 5));
  ASSERT_TRUE(Follower(options).Run(std::stop_token()));
  EXPECT_EQ(*reader_.calls, 5);
  auto again = Pages(0, 6);
  again[2].body += " and paint";
  archive_.Append(again);
  ASSERT_TRUE(Follower(options).Run(std::stop_token()));
  EXPECT_EQ(*reader_.calls, 7) << "one page has changed, one is new";
  EXPECT_EQ(*facts_->End(), 11U) << "every capture has facts of its own";
  EXPECT_EQ(facts_->Get({5})->text, facts_->Get({0})->text);
  EXPECT_EQ(Find("clay").total, 7U);
  options.reader = "build 2";
  archive_.Append(Pages(0, 1));
  ASSERT_TRUE(Follower(options).Run(std::stop_token()));
  EXPECT_EQ(*reader_.calls, 8) << "another build may read otherwise";
}

TEST_F(FollowerTest, SharesNoReadingThatEndedBadlyOrWasErased) {
  auto options = Options([this](const wire::Document& document) {
    auto facts = reader_(document);
    if (document.url.ends_with("/0")) facts->verdict = wire::Verdict::kTimedOut;
    return facts;
  });
  options.reader = "build 1";
  archive_.Append(Pages(0, 3));
  ASSERT_TRUE(Follower(options).Run(std::stop_token()));
  const std::vector<CaptureNumber> erased{{1}};
  ASSERT_TRUE(facts_->Erase(erased));
  archive_.Append(Pages(0, 3));
  ASSERT_TRUE(Follower(options).Run(std::stop_token()));
  EXPECT_EQ(*reader_.calls, 3 + 2);
}

// A reader of listings: the path's number is the listing's, the body its price.
Result<wire::Facts> ReadListing(const wire::Document& document) {
  const std::string number = document.url.substr(document.url.rfind('/') + 1);
  wire::Facts facts = SampleFacts("Lamp " + number, "lamp of brass",
                                  {{"item_id", number}, {"price", document.body + " USD"}});
  return facts;
}

class ItemsFollowed : public FollowerTest {
 protected:
  ItemsFollowed() {
    config::SiteProfile bazaar;
    bazaar.name = "bazaar";
    bazaar.hosts = {kSampleHost};
    sites_ = SiteNames({bazaar});
    OpenItems();
  }
  void OpenItems() {
    keeper_.reset();
    items_.reset();
    items_ = items::ItemStore::Open(folder_ / "index/items", items::ItemStore::Mode::kWrite).value();
    keeper_.emplace(*items_, sites_);
  }
  Status Follow() {
    auto options = Options(ReadListing);
    options.items = &*keeper_;
    return Follower(std::move(options)).Run(std::stop_token());
  }
  // Listing 1 at these prices, a day each, and listing 2 always the same.
  void Days(const std::vector<std::string>& prices) {
    for (const std::string& price : prices) {
      const std::int64_t at = 1767225600 + 86400 * day_++;
      archive_.Append(
          {{.path = "/item/1", .body = price, .at = at}, {.path = "/item/2", .body = "5", .at = at}});
    }
  }
  static items::ItemId Listing(const std::string& number) {
    return items::IdOf(
        {.case_id = "owl-7", .site = "bazaar", .kind = items::ItemKind::kListing, .local = "id:" + number});
  }

  SiteNames sites_;
  std::unique_ptr<items::ItemStore> items_;
  std::optional<ItemKeeper> keeper_;
  int day_ = 0;
};

TEST_F(ItemsFollowed, KnowTheirVersionsAndWhatChanged) {
  Days({"10", "10", "12"});
  ASSERT_TRUE(Follow());
  const auto versions = items_->Versions(Listing("1")).value();
  ASSERT_EQ(versions.size(), 2U);
  EXPECT_EQ(versions[0].captures, 2U);
  EXPECT_EQ(items_->Versions(Listing("2"))->size(), 1U);
  EXPECT_EQ(Find("changed:price").total, 1U);
  EXPECT_EQ(Find("changed:re-priced price:12").total, 1U);
  EXPECT_EQ(Find("site:bazaar").total, 3U);
  EXPECT_EQ(Find("item:" + HexEncode(Listing("1").value)).total, 2U);
  EXPECT_EQ(Find("asof:2026-01-02 item:" + HexEncode(Listing("1").value)).total, 1U);
}

TEST_F(ItemsFollowed, SayTheSameToAnIndexThatLagsBehindThemAfterAKill) {
  Days({"10", "12"});
  ASSERT_TRUE(Follow());
  const auto events = items_->Events(0, 100).value();
  writer_.reset();
  for (const char* part : {"shard-0", "shard-1", "columns"})
    std::filesystem::remove_all((folder_ / "index") + "/" + part);  // as if nothing had been committed
  OpenWriter();
  ASSERT_TRUE(Follow());
  EXPECT_EQ(items_->Events(0, 100).value(), events);
  EXPECT_EQ(Find("changed:price").total, 1U);
}

TEST_F(ItemsFollowed, AreToldAgainFromFactsWhereTheyWereTakenAway) {
  Days({"10", "12", "10"});
  ASSERT_TRUE(Follow());
  const auto versions = items_->Versions(Listing("1")).value();
  ASSERT_TRUE(items_->Clear());
  ASSERT_TRUE(Follow());
  EXPECT_EQ(items_->Versions(Listing("1")).value(), versions);
  EXPECT_EQ(versions.size(), 3U);
  EXPECT_EQ(Find("lamp").total, 3U) << "the index is not touched: two prices of one lamp, and another lamp";
}

// Every term of every document with its positions, and every page's data: what an index answers from.
std::string DumpOf(const std::string& folder) {
  const Xapian::Database database = OpenShards(folder);
  std::string dump;
  for (auto id = database.postlist_begin(""); id != database.postlist_end(""); ++id) {
    dump += std::to_string(*id) + database.get_document(*id).get_data();
    for (auto term = database.termlist_begin(*id); term != database.termlist_end(*id); ++term) {
      dump += "\n" + *term + " " + std::to_string(term.get_wdf());
      for (auto at = term.positionlist_begin(); at != term.positionlist_end(); ++at)
        dump += " " + std::to_string(*at);
    }
  }
  const auto writer = columns::Writer::Open(query::ColumnsFolder(folder)).value();
  EXPECT_TRUE(writer->EachMeta(
      "lines/", [&](std::string_view key, std::string_view value) { dump.append(key).append(value); }));
  return dump;
}

std::vector<SamplePage> MarketPages(int orders) {
  std::vector<SamplePage> pages;
  for (int n = 0; n < 12; ++n) {
    const std::string number = std::to_string(n);
    pages.push_back(
        {.path = "/item/" + number,
         .body = "Owl " + number + "\nHelpdesk\nOrders (" + std::to_string(orders) + ")\nclay" + number});
  }
  return pages;
}

TEST_F(FollowerTest, MakesTheSameIndexOfTheSameArchiveAtOnceInPiecesAndAgain) {
  archive_.Append(MarketPages(3));
  ASSERT_TRUE(CatchUp());
  archive_.Append(MarketPages(4));
  OpenWriter();  // as after a kill: from the cursor
  ASSERT_TRUE(CatchUp());
  writer_.reset();
  const std::string grown = DumpOf(folder_ / "index");
  EXPECT_EQ(Find("helpdesk").total, 0U);
  EXPECT_EQ(Find("clay3").total, 1U);
  for (const bool reread : {false, true}) {
    std::filesystem::remove_all(folder_ / "index");
    OpenWriter();
    Follower::Options options = Options(reader_);
    options.reread = reread;
    ASSERT_TRUE(Follower(std::move(options)).Run(std::stop_token()));
    writer_.reset();
    EXPECT_EQ(DumpOf(folder_ / "index"), grown) << "reread: " << reread;
  }
}

TEST_F(FollowerTest, StoresWhatASiteRepeatsAsFurnitureOfItsPages) {
  archive_.Append(MarketPages(3));
  ASSERT_TRUE(CatchUp());
  const wire::Facts facts = facts_->Get({11}).value();
  ASSERT_EQ(facts.furniture.size(), 1U);
  EXPECT_EQ(facts.text.substr(facts.furniture[0].begin, facts.furniture[0].end), "Helpdesk\nOrders (3)");
}

TEST_F(FollowerTest, CutsSnippetsFromWhatThePageSaysItself) {
  std::vector<SamplePage> pages = MarketPages(3);
  for (SamplePage& page : pages)
    page.body = page.body.replace(page.body.find("Helpdesk"), 8, "Owls and clay") + " owls";
  archive_.Append(pages);
  ASSERT_TRUE(CatchUp());
  const query::Answer answer = Find("owls clay11");
  ASSERT_EQ(answer.total, 1U);
  EXPECT_EQ(answer.hits[0].snippet.find("Owls and"), std::string::npos) << answer.hits[0].snippet;
}

TEST_F(FollowerTest, LeavesTheIndexAsItIsWhenOnlyFactsAreMissing) {
  archive_.Append(MarketPages(3));
  ASSERT_TRUE(CatchUp());
  const std::string before = DumpOf(folder_ / "index");
  ASSERT_TRUE(facts_->Clear());
  OpenWriter();
  ASSERT_TRUE(CatchUp());
  EXPECT_EQ(DumpOf(folder_ / "index"), before);
  EXPECT_EQ(*facts_->End(), 12U);
}

TEST_F(FollowerTest, EndsWithTheJailsErrorAndLosesNothing) {
  archive_.Append(Pages(0, 30));
  const auto breaking = [&](const wire::Document& document) -> Result<wire::Facts> {
    if (document.number == 20) return Fail(Code::kUnavailable, "no worker can be started");
    return reader_(document);
  };
  const Status ended = Follower(Options(breaking)).Run(std::stop_token());
  ASSERT_FALSE(ended.has_value());
  EXPECT_EQ(ended.error().code, Code::kUnavailable);
  OpenWriter();
  ASSERT_TRUE(CatchUp());
  EXPECT_EQ(Find("clay").total, 30U);
}

TEST_F(FollowerTest, CommitsWhatItHasWhenStopped) {
  archive_.Append(Pages(0, 3));
  Follower::Options options = Options(reader_);
  options.until_caught_up = false;
  options.commit_interval = std::chrono::hours(1);
  options.commit_documents = 1000;
  std::stop_source stop;
  Follower follower(std::move(options));
  std::jthread run([&] { EXPECT_TRUE(follower.Run(stop.get_token())); });
  EXPECT_TRUE(Eventually([&] { return facts_->End().value_or(0) == 3; }));
  stop.request_stop();
  run.join();
  EXPECT_EQ(Find("clay").total, 3U);
}

TEST_F(FollowerTest, FollowsAnArchiveThatGrows) {
  Follower::Options options = Options(reader_);
  options.until_caught_up = false;
  options.commit_interval = std::chrono::milliseconds(1);
  std::stop_source stop;
  Follower follower(std::move(options));
  std::jthread run([&] { EXPECT_TRUE(follower.Run(stop.get_token())); });
  const auto searcher = std::move(query::Searcher::Open(folder_ / "index", folder_ / "facts").value());
  for (int round = 0; round < 5; ++round) {
    archive_.Append(Pages(10 * round, 10 * round + 10));
    while (searcher->Cursor().value_or(0) < 10U * static_cast<unsigned>(round) + 10)
      std::this_thread::yield();
  }
  stop.request_stop();
  run.join();
  EXPECT_EQ(Find("clay").total, 50U);
}

TEST_F(FollowerTest, RefusesAnArchiveSmallerThanTheIndexKnows) {
  archive_.Append(Pages(0, 2));
  ASSERT_TRUE(writer_->Commit(3));
  const Status ended = CatchUp();
  ASSERT_FALSE(ended.has_value());
  EXPECT_EQ(ended.error().code, Code::kCorrupt);
}

TEST_F(FollowerTest, ReadsAndIndexesNothingOfAHostThatIsLeftOut) {
  archive_.Append(Pages(0, 10));
  Follower::Options options = Options(reader_);
  options.leave_out = [](const std::string& host) -> Result<bool> { return host == kSampleHost; };
  ASSERT_TRUE(Follower(options).Run(std::stop_token()));
  EXPECT_EQ(writer_->cursor(), 10U) << "the cursor goes on";
  EXPECT_EQ(Find("clay").total, 0U);
  EXPECT_EQ(*reader_.calls, 0);
}

TEST_F(FollowerTest, WaitsWhenItCannotBeSaidWhichHostsAreLeftOut) {
  archive_.Append(Pages(0, 10));
  Follower::Options options = Options(reader_);
  options.leave_out = [](const std::string&) -> Result<bool> { return Fail(Code::kUnavailable, "no list"); };
  EXPECT_EQ(Follower(options).Run(std::stop_token()).error().code, Code::kUnavailable);
  EXPECT_EQ(writer_->cursor(), 0U);
}

TEST_F(FollowerTest, SaysHowFarCapturesAreSearchableAtTheStartAndAfterEachCommit) {
  archive_.Append({{.path = "/1", .body = "owl"}, {.path = "/2", .body = "owl"}});
  std::vector<std::uint64_t> told;
  Follower::Options options = Options(reader_);
  options.commit_documents = 1;
  options.searchable = [&](std::uint64_t below) {
    EXPECT_EQ(*query::Searcher::Open(folder_ / "index", folder_ / "facts").value()->Cursor(), below);
    told.push_back(below);
  };
  ASSERT_TRUE(Follower(options).Run(std::stop_token()));
  EXPECT_EQ(told.front(), 0U);
  EXPECT_EQ(told.back(), 2U);
  EXPECT_TRUE(std::ranges::is_sorted(told));
}

}  // namespace
}  // namespace nightjar::indexer
