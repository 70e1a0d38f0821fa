// SPDX-License-Identifier: Apache-2.0
// The synthetic markets, read by the shipped, jailed reader and indexed twice: with what each site repeats
// left out, and without. Twice crawled, for a site's first pages are indexed before its menu is known.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <xapian.h>

#include <filesystem>
#include <map>
#include <set>

#include "archive/facts/facts_store.h"
#include "indexer/index_writer.h"
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
    const std::string compact = folder_ / (name + "-compact");
    Xapian::Database(folder_ / name).compact(compact);
    std::uintmax_t size = 0;
    for (const auto& entry : std::filesystem::directory_iterator(compact)) size += entry.file_size();
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

// Lines of letters only that stand on every listing page of a host: its menu, by another way than
// repetition/'s.
std::vector<std::string> MenuOf(const std::vector<Observation>& pages, const std::string& prefix) {
  std::map<std::string, std::size_t> counts;
  std::size_t listings = 0;
  for (const Observation& page : pages) {
    if (page.facts.page_kind != wire::PageKind::kListing || !page.record.url.starts_with(prefix)) continue;
    ++listings;
    std::set<std::string> lines;
    for (std::size_t at = 0; at < page.facts.text.size();) {
      const std::size_t end = std::min(page.facts.text.find('\n', at), page.facts.text.size());
      lines.insert(page.facts.text.substr(at, end - at));
      at = end + 1;
    }
    for (const std::string& line : lines) ++counts[line];
  }
  std::vector<std::string> menu;
  for (const auto& [line, count] : counts)
    if (count == listings && line.size() > 3) menu.push_back(line);
  return menu;
}

TEST_F(MarketIndex, FindsNoListingByTheMenuAndEachByItsOwnWords) {
  Index("index", true, 2);
  std::size_t menus = 0;
  for (const std::string market : {"bazaar", "atelier"}) {
    const std::string prefix = "http://" + market + ".test/";
    for (const std::string& line : MenuOf(pages_, prefix)) {
      ++menus;
      const auto answer = Find("index", "kind:listing host:" + market + ".test \"" + WordsOf(line) + "\"");
      EXPECT_EQ(answer.total, 0U) << market << ": " << line;
    }
  }
  EXPECT_GT(menus, 4U) << "or the test shows nothing";
  for (const Observation& page : pages_) {
    if (page.facts.page_kind != wire::PageKind::kListing) continue;
    const auto answer =
        Find("index", "url:\"" + page.record.url + "\" \"" + WordsOf(page.facts.title) + "\"");
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
