// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <fstream>
#include <thread>

#include "tests/unit/indexer/query/corpus.h"

namespace nightjar::query {
namespace {

using indexer::SampleFacts;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// The owl shop: what the table of queries below is asked of.
class OwlShop : public Corpus {
 protected:
  OwlShop() {
    Add("/item/1", SampleFacts("Barn owl figurine", "A clay owl, hand painted. Ships worldwide.",
                               {{"price", "12.50 USD"},
                                {"vendor", "Night Post"},
                                {"category", "Art > Figurines"},
                                {"ships_from", "Germany"},
                                {"ships_to", "Worldwide"}}));
    Add("/item/2",
        SampleFacts("Snowy owls, set of two", "Two snowy owls of glass. No barn included.",
                    {{"price", "50 USD"},
                     {"vendor", "owlpost"},
                     {"category", "Art > Glass"},
                     {"ships_from", "United Kingdom"},
                     {"ships_to", "United States"},
                     {"ships_to", "Norway"}}),
        40);
    Add("/item/3",
        SampleFacts("Raven feather", "One feather of a raven. Fifty words away from any owl.",
                    {{"price", "0.5 BTC"}, {"vendor", "owlet"}, {"ships_from", "Norway"}}),
        20);
    Add("/", SampleFacts("Welcome to the bird market", "Owls and ravens, figurines & more <b>daily</b>"));
    wire::Facts seized = SampleFacts("Offline: the site has been seized", "Owl and all");
    seized.page_class = wire::PageClass::kSeizureNotice;
    Add("/seized", seized);
    wire::Facts stalled = SampleFacts("", "");
    stalled.verdict = wire::Verdict::kTimedOut;
    Add("/slow", stalled, 3, "raven-1", "ravens");
  }
};

constexpr char kBarn[] = "Barn owl figurine";
constexpr char kSnowy[] = "Snowy owls, set of two";
constexpr char kRaven[] = "Raven feather";
constexpr char kWelcome[] = "Welcome to the bird market";
constexpr char kSeized[] = "Offline: the site has been seized";

TEST_F(OwlShop, AnswersEveryConstructOfTheGrammar) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> table{
      {"owl", {kBarn, kRaven, kSnowy, kWelcome}},
      {"Owls", {kBarn, kRaven, kSnowy, kWelcome}},
      {"OWL", {kBarn, kRaven, kSnowy, kWelcome}},
      {"barn owl", {kBarn, kSnowy}},
      {"\"barn owl\"", {kBarn}},
      {"\"owl barn\"", {}},
      {"barn-owl", {kBarn}},
      {"\"owls\"", {kSnowy, kWelcome}},
      {"figurine raven", {kWelcome}},
      {"feather OR glass", {kRaven, kSnowy}},
      {"owl NOT barn", {kRaven, kWelcome}},
      {"owl -barn -raven", {}},
      {"NOT owl", {""}},
      {"owl (clay OR glass)", {kBarn, kSnowy}},
      {"snowy NEAR glass", {kSnowy}},
      {"two NEAR/1 snowy", {kSnowy}},
      {"snowy NEAR/1 barn", {}},
      {"feather NEAR/2 raven", {kRaven}},
      {"fig*", {kBarn, kWelcome}},
      {"zz*", {}},
      {"title:owl", {kBarn, kSnowy}},
      {"title:\"barn owl\"", {kBarn}},
      {"title:fea*", {kRaven}},
      {"vendor:owlpost", {kSnowy}},
      {"vendor:OwlPost", {kSnowy}},
      {"vendor:\"night post\"", {kBarn}},
      {"vendor:post", {kBarn}},
      {"vendor:owl*", {kRaven, kSnowy}},
      {"category:art", {kBarn, kSnowy}},
      {"ships_from:norway", {kRaven}},
      {"ships_to:norway", {kSnowy}},
      {"ships_to:\"united states\"", {kSnowy}},
      {"ships_to:\"states norway\"", {}},
      {"kind:listing", {kBarn, kRaven, kSnowy}},
      {"kind:other", {"", kWelcome}},
      {"host:" + indexer::kSampleHost, {"", kBarn, kRaven, kSnowy, kWelcome}},
      {"site:pg6mmj*", {"", kBarn, kRaven, kSnowy, kWelcome}},
      {"market:pg6mmj* owl glass", {kSnowy}},
      {"url:\"http://" + indexer::kSampleHost + "/item/2#top\"", {kSnowy}},
      {"http://" + indexer::kSampleHost + "/item/3", {kRaven}},
      {"class:seizure-notice", {kSeized}},
      {"owl class:seizure-notice OR owl class:content", {kBarn, kSeized, kRaven, kSnowy, kWelcome}},
      {"owl NOT class:content", {kSeized}},
      {"verdict:timed-out", {""}},
      {"case:raven-1", {""}},
      {"case:owl-7 glass", {kSnowy}},
      {"job:ravens", {""}},
      {"price:10..50", {kBarn, kSnowy}},
      {"price:10..49.99", {kBarn}},
      {"price:<=50", {kBarn, kRaven, kSnowy}},
      {"price:<50usd", {kBarn}},
      {"price:>12.5", {kSnowy}},
      {"price:>=12.5", {kBarn, kSnowy}},
      {"price:0.5btc", {kRaven}},
      {"price:..1eur", {}},
      {"owl NOT price:0..", {kWelcome}},
      {"seen:2026-01-01", {kBarn, kWelcome}},
      {"seen:2026-01", {"", kBarn, kRaven, kWelcome}},
      {"seen:2026-02..2026-03", {kSnowy}},
      {"seen:>=2026-01-10 kind:listing", {kRaven, kSnowy}},
      {"seen:<2026", {}}};
  for (auto [text, expected] : table) {
    std::ranges::sort(expected);
    EXPECT_EQ(Titles(text), expected) << text;
  }
}

TEST_F(OwlShop, GivesHitsTheirFieldsTimesAndSnippet) {
  const auto answer = OpenSearcher()->Search({.text = "hand painted"});
  ASSERT_TRUE(answer.has_value());
  ASSERT_EQ(answer->total, 1U);
  const Hit& hit = answer->hits[0];
  EXPECT_EQ(hit.capture.value, 0U);
  EXPECT_EQ(hit.url, "http://" + indexer::kSampleHost + "/item/1");
  EXPECT_EQ(hit.host, indexer::kSampleHost);
  EXPECT_EQ(hit.case_id, "owl-7");
  EXPECT_EQ(hit.kind, "listing");
  EXPECT_EQ(hit.page_class, "content");
  EXPECT_EQ(hit.captures, 1U);
  EXPECT_EQ(hit.fields.size(), 5U);
  EXPECT_EQ(FormatUtc(hit.first_seen), "2026-01-01T00:00:00.000000Z");
  EXPECT_GT(hit.score, 0);
  EXPECT_EQ(hit.snippet, "A clay owl, \x01hand\x02 \x01painted\x02. Ships worldwide.");
}

TEST_F(OwlShop, WritesSnippetsAsPlainText) {
  const auto answer = OpenSearcher()->Search({.text = "daily"});
  ASSERT_EQ(answer->total, 1U);
  EXPECT_EQ(answer->hits[0].snippet,
            "Owls and ravens, figurines & more <b>\x01"
            "daily\x02</b>");
}

TEST_F(OwlShop, RanksAWordInTheTitleFirst) {
  const auto answer = OpenSearcher()->Search({.text = "raven"});
  ASSERT_EQ(answer->total, 2U);
  EXPECT_EQ(answer->hits[0].title, kRaven);
}

TEST_F(OwlShop, SortsByLastSight) {
  const auto answer = OpenSearcher()->Search({.text = "kind:listing", .order = Order::kNewest});
  ASSERT_EQ(answer->total, 3U);
  EXPECT_EQ(answer->hits[0].title, kSnowy);
  EXPECT_EQ(answer->hits[1].title, kRaven);
  EXPECT_EQ(answer->hits[2].title, kBarn);
}

TEST_F(OwlShop, PagesWithAnExactTotal) {
  std::vector<std::string> titles;
  for (std::uint32_t offset = 0; offset < 4; ++offset) {
    const auto answer = OpenSearcher()->Search({.text = "owl", .offset = offset, .limit = 1});
    ASSERT_EQ(answer->total, 4U);
    ASSERT_EQ(answer->hits.size(), 1U);
    titles.push_back(answer->hits[0].title);
  }
  std::ranges::sort(titles);
  EXPECT_THAT(titles, ElementsAre(kBarn, kRaven, kSnowy, kWelcome));
  EXPECT_THAT(OpenSearcher()->Search({.text = "owl", .offset = 10})->hits, IsEmpty());
}

TEST_F(OwlShop, SuggestsASpellingWhenNothingIsFound) {
  EXPECT_EQ(OpenSearcher()->Search({.text = "figurinne vendor:x"})->corrected, "figurine vendor:x");
  EXPECT_EQ(OpenSearcher()->Search({.text = "figurine"})->corrected, "");
  EXPECT_EQ(OpenSearcher()->Search({.text = "qqqqqqqqq"})->corrected, "");
}

TEST_F(OwlShop, RefusesMistakesWithTheirPlace) {
  const auto searcher = OpenSearcher();
  for (const auto& [text, where] :
       std::vector<std::pair<std::string, std::string>>{{"vender:bob", "character 1"},
                                                        {"owl !!!", "character 5"},
                                                        {"owl AND (", "character 10"},
                                                        {"a-b*", "character 1"},
                                                        {"a-b NEAR owl", "character 1"}}) {
    const auto answer = searcher->Search({.text = text});
    ASSERT_FALSE(answer.has_value()) << text;
    EXPECT_EQ(answer.error().code, Code::kInvalidInput) << text;
    EXPECT_EQ(answer.error().where, where) << text;
  }
  EXPECT_FALSE(searcher->Search({.text = "owl", .limit = 1001}));
}

TEST_F(OwlShop, ListsTheCapturesOfOneCaseOnly) {
  Add("/item/1",
      SampleFacts("Barn owl figurine", "A clay owl, hand painted. Ships worldwide.",
                  {{"price", "12.50 USD"},
                   {"vendor", "Night Post"},
                   {"category", "Art > Figurines"},
                   {"ships_from", "Germany"},
                   {"ships_to", "Worldwide"}}),
      5);
  Add("/item/9", SampleFacts("Another owl", "clay"), 5, "raven-1");
  const auto captures = OpenSearcher()->Captures("clay", {"owl-7"}, 10);
  ASSERT_TRUE(captures.has_value());
  EXPECT_THAT(*captures, ElementsAre(CaptureNumber{0}, CaptureNumber{6}));
  EXPECT_EQ(OpenSearcher()->Captures("clay", {"owl-7"}, 1).error().code, Code::kFull);
  EXPECT_THAT(*OpenSearcher()->Captures("clay", {"nobody"}, 10), IsEmpty());
}

TEST_F(OwlShop, CountsWhatItHolds) {
  const auto totals = OpenSearcher()->ReadTotals();
  ASSERT_TRUE(totals.has_value());
  EXPECT_EQ(totals->documents, 6U);
  EXPECT_EQ(totals->hosts, 1U);
  EXPECT_EQ(totals->listings, 3U);
  EXPECT_EQ(totals->cursor, 6U);
}

TEST_F(Corpus, IsNotFoundBeforeThereIsAnIndex) {
  const auto searcher = Searcher::Open(folder_ / "nowhere", facts_folder_);
  ASSERT_FALSE(searcher.has_value());
  EXPECT_EQ(searcher.error().code, Code::kNotFound);
}

TEST_F(Corpus, MergesAnUnchangedRecrawlIntoItsVersion) {
  Add("/a", SampleFacts("Owl", "same"), 0);
  Add("/a", SampleFacts("Owl", "same"), 9, "owl-7", "second-job");
  Add("/a", SampleFacts("Owl", "changed"), 12);
  EXPECT_EQ(*OpenSearcher()->Documents(), 2U);
  const auto answer = OpenSearcher()->Search({.text = "same"});
  ASSERT_EQ(answer->total, 1U);
  EXPECT_EQ(answer->hits[0].captures, 2U);
  EXPECT_EQ(answer->hits[0].capture.value, 1U);
  EXPECT_EQ(FormatUtc(answer->hits[0].first_seen), "2026-01-01T00:00:00.000000Z");
  EXPECT_EQ(FormatUtc(answer->hits[0].last_seen), "2026-01-10T00:00:00.000000Z");
  EXPECT_EQ(Titles("job:owls same"), Titles("job:second-job same"));
  EXPECT_EQ(Titles("seen:2026-01-10").size(), 1U);
}

TEST_F(Corpus, KeepsCasesApart) {
  Add("/a", SampleFacts("Owl", "same"), 0, "owl-7");
  Add("/a", SampleFacts("Owl", "same"), 0, "raven-1");
  EXPECT_EQ(Titles("same case:owl-7").size(), 1U);
  EXPECT_EQ(Titles("same").size(), 2U);
}

TEST_F(Corpus, ShowsTheDescriptionWhereNoWordOfTheTextMatched) {
  Add("/a",
      SampleFacts("Owl", "Home Login Owl", {{"price", "5 USD"}, {"description", "Clay, hand painted"}}));
  Add("/b", SampleFacts("Owl", "Home\nLogin\nClay " + std::string(500, 'x') + "\nImprint"));
  EXPECT_EQ(OpenSearcher()->Search({.text = "kind:listing"})->hits[0].snippet, "Clay, hand painted");
  EXPECT_EQ(OpenSearcher()->Search({.text = "kind:other"})->hits[0].snippet,
            "Clay " + std::string(275, 'x') + "…");
}

TEST_F(Corpus, AnswersWithoutSnippetsWhenFactsAreGone) {
  Add("/a", SampleFacts("Owl", "clay owl"));
  ASSERT_TRUE(facts_->Clear().has_value());
  const auto answer = OpenSearcher()->Search({.text = "clay"});
  ASSERT_EQ(answer->total, 1U);
  EXPECT_EQ(answer->hits[0].snippet, "");
}

TEST_F(Corpus, CannotHaveItsSnippetMarksForged) {
  Add("/a", SampleFacts("Owl", "fake \x01mark\x02 and clay"));
  const auto answer = OpenSearcher()->Search({.text = "clay"});
  EXPECT_EQ(answer->hits[0].snippet,
            "fake  mark  and \x01"
            "clay\x02");
}

TEST_F(Corpus, BoundsWhatAStarMayStandFor) {
  std::string words;
  for (int i = 0; i < 2100; ++i) words += "ab" + std::to_string(i) + " ";
  Add("/a", SampleFacts("Owl", words));
  EXPECT_THAT(Titles("ab*"), ElementsAre(HasSubstr("too many words")));
  EXPECT_THAT(Titles("ab20*"), ElementsAre("Owl"));
}

// One writer commits without pause while four threads search: every answer is whole.
TEST_F(Corpus, IsReadByManyWhileItGrows) {
  Add("/first", SampleFacts("Owl", "clay"));
  const auto searcher = OpenSearcher();
  std::atomic<bool> done = false;
  std::vector<std::jthread> readers;
  for (int i = 0; i < 4; ++i) {
    readers.emplace_back([&] {
      std::uint64_t last = 0;
      while (!done) {
        const auto answer = searcher->Search({.text = "clay", .limit = 50});
        ASSERT_TRUE(answer.has_value()) << answer.error().Format();
        ASSERT_GE(answer->total, last);
        last = answer->total;
      }
    });
  }
  for (int i = 0; i < 100; ++i) Add("/" + std::to_string(i), SampleFacts("Owl", "clay " + std::to_string(i)));
  done = true;
  readers.clear();
  EXPECT_EQ(searcher->Search({.text = "clay"})->total, 101U);
}

// Damage that stays is told from a block that a later commit used again.
TEST_F(Corpus, SaysThatADamagedIndexIsDamaged) {
  std::string words;
  for (int i = 0; i < 5000; ++i) words += " word" + std::to_string(i);  // many blocks: the first is in memory
  Add("/a", SampleFacts("Owl", words));
  const auto searcher = OpenSearcher();
  for (unsigned shard = 0; shard < indexer::kDefaultShards; ++shard) {
    std::ofstream table(ShardFolder(index_, shard) + "/postlist.glass", std::ios::trunc);
    for (int block = 0; block < 256; ++block) table << std::string(4, '\0') << std::string(8188, '\7');
  }
  const auto answer = searcher->Search({.text = "word4999"});
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().code, Code::kCorrupt) << answer.error().Format();
}

TEST_F(OwlShop, ShowsNothingOfAHiddenHost) {
  Add("http://hidden.example/", SampleFacts("Hidden owl", "An owl that nobody may be shown"));
  const auto searcher = OpenSearcher();
  searcher->Hide([](const std::string& host) -> Result<bool> { return host == "hidden.example"; });
  EXPECT_EQ(searcher->Search({.text = "owl"})->total, 4U);
  EXPECT_EQ(searcher->Search({.text = "host:hidden.example"})->total, 0U);
  EXPECT_THAT(*searcher->Captures("nobody", CaseId{"owl-7"}, 10), IsEmpty());
  EXPECT_EQ(Titles("nobody").size(), 1U) << "it is hidden, not gone";
}

TEST_F(OwlShop, AnswersNothingWhenItCannotBeSaidWhatIsHidden) {
  const auto searcher = OpenSearcher();
  searcher->Hide([](const std::string&) -> Result<bool> { return Fail(Code::kUnavailable, "no list"); });
  EXPECT_EQ(searcher->Search({.text = "owl"}).error().code, Code::kUnavailable);
}

}  // namespace
}  // namespace nightjar::query
