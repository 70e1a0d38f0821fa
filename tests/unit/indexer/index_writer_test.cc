// SPDX-License-Identifier: Apache-2.0
#include "indexer/index_writer.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <xapian.h>

#include <csignal>
#include <filesystem>

#include "indexer/columns/snapshot.h"
#include "indexer/query/layout.h"
#include "indexer/query/schema.h"
#include "tests/unit/indexer/sample.h"

namespace nightjar::indexer {
namespace {

Observation Seen(std::uint64_t number, const std::string& path, const wire::Facts& facts) {
  Observation seen;
  seen.number = {number};
  seen.record.url = "http://" + kSampleHost + path;
  seen.record.case_id = {"owl-7"};
  seen.record.job = {"owls"};
  seen.facts = facts;
  return seen;
}

class IndexWriterTest : public testing::Test {
 protected:
  std::unique_ptr<IndexWriter> OpenWriter() { return std::move(IndexWriter::Open(index_).value()); }
  std::uint64_t Documents() const { return OpenShards(index_).get_doccount(); }

  TemporaryFolder folder_;
  const std::string index_ = folder_ / "index";
};

TEST_F(IndexWriterTest, StoresItsSchemaInTheIndex) {
  OpenWriter();
  const Xapian::Database database = OpenShards(index_);
  EXPECT_EQ(database.get_metadata(std::string(query::kSchemaKey)), query::SchemaText());
}

TEST_F(IndexWriterTest, MakesDocumentsAndCursorDurableTogether) {
  auto writer = OpenWriter();
  EXPECT_EQ(writer->cursor(), 0U);
  ASSERT_TRUE(writer->Add(Seen(0, "/a", SampleFacts("Owl", "clay"))));
  ASSERT_TRUE(writer->Commit(5));
  ASSERT_TRUE(writer->Add(Seen(5, "/b", SampleFacts("Owl", "glass"))));
  writer.reset();  // not committed: as if killed here
  writer = OpenWriter();
  EXPECT_EQ(writer->cursor(), 5U);
  EXPECT_EQ(writer->Documents(), 1U);
}

TEST_F(IndexWriterTest, ChangesNothingWhenACaptureIsRepeated) {
  auto writer = OpenWriter();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(writer->Add(Seen(0, "/a", SampleFacts("Owl", "clay"))));
  ASSERT_TRUE(writer->Commit(1));
  EXPECT_EQ(Documents(), 1U);
  const Xapian::Database database = OpenShards(index_);
  EXPECT_EQ(database.get_termfreq("clay"), 1U);
  EXPECT_EQ(database.get_spelling_suggestion("owll"), "owl");
}

TEST_F(IndexWriterTest, MakesNoVersionOfAWallAndTouchesNoneForIt) {
  auto writer = OpenWriter();
  ASSERT_TRUE(writer->Add(Seen(0, "/a", SampleFacts("Owl", "clay"))));
  using wire::PageClass;
  for (const PageClass wall : {PageClass::kLogin, PageClass::kCaptcha, PageClass::kDdosWait,
                               PageClass::kLoggedOut, PageClass::kBanned}) {
    wire::Facts facts = SampleFacts("Owl", "clay");
    facts.page_class = wall;
    ASSERT_TRUE(writer->Add(Seen(1 + static_cast<std::uint64_t>(wall), "/a", facts)));
  }
  ASSERT_TRUE(writer->Commit(20));
  EXPECT_EQ(Documents(), 1U);
}

// A market's page: menu with a counter, matter, footer.
std::string Templated(const std::string& matter, int orders = 3) {
  return "Startpage\nOrders (" + std::to_string(orders) + ")\n" + matter + "\nImprint";
}

// Marks and adds captures as the role does, and keeps their facts.
class SiteOfPages {
 public:
  explicit SiteOfPages(IndexWriter& writer) : writer_(writer) {}
  wire::Facts Add(const std::string& path, const std::string& text) {
    Observation seen = Seen(kept_.size(), path, SampleFacts("Page", text));
    (void)writer_.MarkRepeated(seen);
    kept_.push_back(seen.facts);
    EXPECT_TRUE(writer_.Add(seen, [&](CaptureNumber n) -> Result<wire::Facts> { return kept_.at(n.value); }));
    return seen.facts;
  }
  wire::Facts AddItem(int n, int orders = 3) {
    return Add("/item/" + std::to_string(n), Templated("lamp" + std::to_string(n), orders));
  }
  [[nodiscard]] Status Commit() { return writer_.Commit(kept_.size()); }

 private:
  IndexWriter& writer_;
  std::vector<wire::Facts> kept_;
};

TEST_F(IndexWriterTest, IndexesNoLineThatTheSiteRepeatsAndMarksItAsFurniture) {
  auto writer = OpenWriter();
  SiteOfPages site(*writer);
  for (int n = 0; n < 4; ++n) EXPECT_TRUE(site.AddItem(n).furniture.empty()) << "nothing is known yet";
  for (int n = 4; n < 10; ++n) {
    const wire::Facts facts = site.AddItem(n);
    ASSERT_EQ(facts.furniture.size(), 2U);
    EXPECT_EQ(facts.text.substr(0, facts.furniture[0].end), "Startpage\nOrders (3)")
        << "the text stays whole";
  }
  ASSERT_TRUE(site.Commit());
  const Xapian::Database database = OpenShards(index_);
  EXPECT_EQ(database.get_termfreq("startpage"), 4U);
  EXPECT_EQ(database.get_termfreq("imprint"), 4U);
  for (int n = 0; n < 10; ++n) EXPECT_EQ(database.get_termfreq("lamp" + std::to_string(n)), 1U);
}

TEST_F(IndexWriterTest, LetsThePagesIndexedBeforeTheMenuWasKnownLoseItWhenSeenAgain) {
  auto writer = OpenWriter();
  SiteOfPages site(*writer);
  for (int n = 0; n < 10; ++n) (void)site.AddItem(n);
  for (int n = 0; n < 10; ++n) (void)site.AddItem(n, 4);
  ASSERT_TRUE(site.Commit());
  EXPECT_EQ(Documents(), 10U) << "a counter makes no version, on the first pages neither";
  const Xapian::Database database = OpenShards(index_);
  EXPECT_EQ(database.get_termfreq("startpage"), 0U);
  EXPECT_EQ(database.get_termfreq("lamp0"), 1U);
  const auto reader = columns::Reader::Open(query::ColumnsFolder(index_)).value();
  const auto columns = columns::Snapshot::Take(*reader).value();
  EXPECT_EQ(columns->Captures(1).value(), (std::vector<CaptureNumber>{{0}, {10}}));
  EXPECT_EQ(database.get_termfreq("XJOB:owls") + database.get_termfreq("XJOBowls"), 10U);
  EXPECT_EQ(database.get_spelling_suggestion("pagee"), "page");
}

TEST_F(IndexWriterTest, MakesAVersionOfAPageWhoseMatterHasChanged) {
  auto writer = OpenWriter();
  SiteOfPages site(*writer);
  for (int n = 0; n < 10; ++n) (void)site.AddItem(n);
  (void)site.Add("/item/1", Templated("sold out"));
  (void)site.Add("/item/9", Templated("sold out"));
  ASSERT_TRUE(site.Commit());
  EXPECT_EQ(Documents(), 12U);
}

TEST_F(IndexWriterTest, KnowsASitesLinesAgainAfterAKill) {
  Bytes whole;
  for (const bool killed : {false, true}) {
    std::filesystem::remove_all(index_);
    auto writer = OpenWriter();
    std::vector<Observation> pages;
    for (std::uint64_t n = 0; n < 12; ++n)
      pages.push_back(
          Seen(n, "/" + std::to_string(n), SampleFacts("Page", Templated("m" + std::to_string(n)))));
    const auto add = [&](std::size_t from, std::size_t end) {
      for (std::size_t n = from; n < end; ++n) {
        Observation page = pages[n];
        (void)writer->MarkRepeated(page);
        ASSERT_TRUE(writer->Add(page));
      }
    };
    add(0, 6);
    ASSERT_TRUE(writer->Commit(6));
    if (killed) {
      add(6, 9);  // lost with the process
      writer.reset();
      writer = OpenWriter();
    }
    add(6, 12);
    ASSERT_TRUE(writer->Commit(12));
    const Xapian::Database database = OpenShards(index_);
    const auto reader = columns::Reader::Open(query::ColumnsFolder(index_)).value();
    const Bytes row = columns::Snapshot::Take(*reader).value()->Meta("lines/" + kSampleHost).value();
    EXPECT_FALSE(row.empty());
    if (killed) {
      EXPECT_EQ(row, whole);
    }
    whole = row;
    EXPECT_EQ(database.get_termfreq("startpage"), 4U);
  }
}

TEST_F(IndexWriterTest, LearnsNothingTwiceFromCapturesBelowItsCursor) {
  auto writer = OpenWriter();
  ASSERT_TRUE(writer->Commit(100));
  SiteOfPages site(*writer);
  for (int n = 0; n < 10; ++n) EXPECT_TRUE(site.AddItem(n).furniture.empty());
}

TEST_F(IndexWriterTest, LetsOnlyOneWriterIn) {
  const auto first = OpenWriter();
  const auto second = IndexWriter::Open(index_);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, Code::kUnavailable);
}

TEST_F(IndexWriterTest, RefusesAnIndexOfAnotherSchema) {
  {
    Xapian::WritableDatabase database(index_, Xapian::DB_CREATE);
    database.set_metadata(std::string(query::kSchemaVersionKey), "0");
    database.commit();
  }
  const auto writer = IndexWriter::Open(index_);
  ASSERT_FALSE(writer.has_value());
  EXPECT_EQ(writer.error().code, Code::kRefused);
  EXPECT_NE(writer.error().text.find("rebuild"), std::string::npos);
}

// Files of this process may not grow past a limit, as on a full disk, while the object lives.
class FullDisk final {
 public:
  explicit FullDisk(rlim_t bytes) {
    previous_ = std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit now{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &now);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, previous_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
  void (*previous_)(int) = nullptr;
};

TEST_F(IndexWriterTest, LosesNothingToAFullDiskAndGoesOnAfterwards) {
  auto writer = OpenWriter();
  ASSERT_TRUE(writer->Add(Seen(0, "/a", SampleFacts("Owl", "clay"))));
  ASSERT_TRUE(writer->Commit(1));
  const auto add_many = [&] {
    for (std::uint64_t n = 1; n < 300; ++n) {
      const std::string text =
          "word" + std::to_string(n * n) + " " + std::string(40, static_cast<char>('a' + n % 26));
      if (auto added = writer->Add(Seen(n, "/" + std::to_string(n), SampleFacts("Owl", text))); !added)
        return added;
    }
    return writer->Commit(300);
  };
  {
    const FullDisk full(32 << 10);
    const Status failed = add_many();
    ASSERT_FALSE(failed.has_value());
    EXPECT_EQ(failed.error().code, Code::kFull) << failed.error().Format();
  }
  writer.reset();
  writer = OpenWriter();
  EXPECT_EQ(writer->cursor(), 1U);
  EXPECT_EQ(writer->Documents(), 1U);
  ASSERT_TRUE(add_many());
  EXPECT_EQ(Documents(), 300U);
  for (unsigned shard = 0; shard < kDefaultShards; ++shard)
    EXPECT_EQ(Xapian::Database::check(query::ShardFolder(index_, shard), 0, nullptr), 0U);
}

}  // namespace
}  // namespace nightjar::indexer
