// SPDX-License-Identifier: Apache-2.0
// The synthetic markets, read by the shipped, jailed reader and indexed twice: with what each site repeats
// left out, and without. Twice crawled, for a site's first pages are indexed before its menu is known.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <xapian.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>
#include <set>

#include "archive/facts/facts_store.h"
#include "indexer/index_writer.h"
#include "indexer/query/layout.h"
#include "indexer/query/query.h"
#include "sandbox/pool/pool.h"
#include "tests/hostile/started.h"
#include "tests/hostile/world_documents.h"
#include "tests/unit/base/temporary_folder.h"

namespace nightjar::indexer {
namespace {

class MarketIndex : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    world_ = std::move(world::World::Make({}).value());
    auto pool = pool::Pool::Start({.program = hostile::Program("nightjar-parser"), .workers = 2});
    ASSERT_TRUE(pool) << pool.error().Format();
    for (const auto& site : world_->sites())
      for (const world::Place& place : site->Places()) pages_.push_back(Seen(**pool, *site, place.target));
  }
  static void TearDownTestSuite() {
    pages_.clear();
    world_.reset();
  }

  static Observation Seen(pool::Pool& pool, const world::Site& site, const std::string& target) {
    Observation seen;
    seen.record.url = site.Url(target);
    seen.record.case_id = {"owl-7"};
    seen.record.job = {"owls"};
    seen.facts = pool.Read(hostile::DocumentOf(site, target)).value();
    return seen;
  }

  // All pages, `rounds` times over, as the role would index them.
  void Index(const std::string& name, bool with_repetition, int rounds) {
    auto facts =
        facts::FactsStore::Open(folder_ / (name + "-facts"), facts::FactsStore::Mode::kWrite).value();
    auto writer = IndexWriter::Open(folder_ / name).value();
    std::uint64_t next = 0;
    for (int round = 0; round < rounds; ++round) {
      for (Observation page : pages_) {
        page.number = {next++};
        if (with_repetition) (void)writer->MarkRepeated(page);
        const std::pair<CaptureNumber, wire::Facts> row{page.number, page.facts};
        ASSERT_TRUE(facts->Put({&row, 1}));
        ASSERT_TRUE(writer->Add(page, [&](CaptureNumber number) { return facts->Get(number); }));
      }
    }
    ASSERT_TRUE(writer->Commit(next));
  }

  query::Answer Find(const std::string& name, const std::string& text) {
    const auto searcher = query::Searcher::Open(folder_ / name, folder_ / (name + "-facts")).value();
    return searcher->Search({.text = text, .limit = 1000}).value();
  }

  // Without the room that Xapian leaves between entries.
  std::uintmax_t CompactSize(const std::string& name) {
    std::uintmax_t size = 0;
    for (unsigned shard = 0; shard < kDefaultShards; ++shard) {
      const std::string compact = folder_ / (name + "-compact-" + std::to_string(shard));
      Xapian::Database(query::ShardFolder(folder_ / name, shard)).compact(compact);
      for (const auto& entry : std::filesystem::directory_iterator(compact)) size += entry.file_size();
    }
    return size;
  }

  TemporaryFolder folder_;
  static std::unique_ptr<world::World> world_;
  static std::vector<Observation> pages_;
};

std::unique_ptr<world::World> MarketIndex::world_;
std::vector<Observation> MarketIndex::pages_;

std::string WordsOf(std::string_view line) {
  std::string words;
  for (const char c : line) words.push_back(std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : ' ');
  return words;
}

std::set<std::string> LinesOf(const std::string& text) {
  std::set<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.insert(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

bool IsContentOf(const Observation& page, const std::string& host) {
  return page.record.url.starts_with("http://" + host + "/") && page.facts.verdict == wire::Verdict::kOk &&
         page.facts.page_class == wire::PageClass::kContent;
}

// Lines that stand on every page of a host: its menu, by another way than repetition/'s.
std::vector<std::string> MenuOf(const std::vector<Observation>& pages, const std::string& host) {
  std::map<std::string, std::size_t> counts;
  std::size_t size = 0;
  for (const Observation& page : pages) {
    if (!IsContentOf(page, host)) continue;
    ++size;
    for (const std::string& line : LinesOf(page.facts.text)) ++counts[line];
  }
  std::vector<std::string> menu;
  for (const auto& [line, count] : counts)
    if (count == size && line.size() > 3) menu.push_back(line);
  return menu;
}

std::string Folded(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

// A listing in "Garden" is rightly found by the word, which the menu holds as well: in a value of its own, or
// in a line that is not the menu's.
bool SaysItself(const wire::Facts& facts, const std::string& line) {
  const auto holds = [&](const std::string& text) {
    return Folded(text).find(Folded(line)) != std::string::npos;
  };
  const std::set<std::string> lines = LinesOf(facts.text);
  return holds(facts.title) ||
         std::ranges::any_of(lines,
                             [&](const std::string& other) { return other != line && holds(other); }) ||
         std::ranges::any_of(facts.fields, [&](const wire::Field& field) { return holds(field.raw); });
}

TEST_F(MarketIndex, FindsNoListingByTheMenuAndEachByItsOwnWords) {
  Index("index", true, 2);
  Index("whole", false, 2);
  std::size_t before = 0;
  std::size_t by_own_words = 0;
  for (const std::string host : {"bazaar.test", "atelier.test"}) {
    const std::vector<std::string> menu = MenuOf(pages_, host);
    EXPECT_GT(menu.size(), 4U) << "or the test shows nothing";
    for (const std::string& line : menu) {
      const std::string text = "kind:listing host:" + host + " \"" + WordsOf(line) + "\"";
      EXPECT_GE(Find("whole", text).total, 60U) << text;
      before += Find("whole", text).total;
      for (const query::Hit& hit : Find("index", text).hits) {
        const auto page =
            std::ranges::find(pages_, hit.url, [](const Observation& p) { return p.record.url; });
        EXPECT_TRUE(SaysItself(page->facts, line)) << line << " finds " << hit.url << ": " << hit.snippet;
        ++by_own_words;
      }
    }
  }
  fmt::print("lines of the menus find {} listing pages, all by their own words; {} with menus indexed\n",
             by_own_words, before);
  for (const Observation& page : pages_) {
    if (page.facts.page_kind != wire::PageKind::kListing) continue;
    const auto answer = Find("index", "url:\"" + page.record.url + "\" \"" + page.facts.title + "\"");
    ASSERT_EQ(answer.total, 1U) << page.record.url << ": one version, seen twice, found by its title";
    EXPECT_EQ(answer.hits[0].captures, 2U);
  }
}

TEST_F(MarketIndex, IsSmallerThanOneWithEveryMenu) {
  Index("index", true, 2);
  Index("whole", false, 2);
  const auto lean = CompactSize("index");
  const auto whole = CompactSize("whole");
  EXPECT_LT(lean, whole);
  fmt::print(
      "index of {} pages, compacted: {} bytes with every line, {} without what sites repeat: {} bytes a page "
      "less\n",
      pages_.size(), whole, lean, (whole - lean) / pages_.size());
}

}  // namespace
}  // namespace nightjar::indexer
