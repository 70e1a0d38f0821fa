// SPDX-License-Identifier: Apache-2.0
#include "indexer/index_writer.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <xapian.h>

#include <csignal>

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
  std::uint64_t Documents() const { return Xapian::Database(index_).get_doccount(); }

  TemporaryFolder folder_;
  const std::string index_ = folder_ / "index";
};

TEST_F(IndexWriterTest, StoresItsSchemaInTheIndex) {
  OpenWriter();
  const Xapian::Database database(index_);
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
  EXPECT_EQ(*writer->Documents(), 1U);
}

TEST_F(IndexWriterTest, ChangesNothingWhenACaptureIsRepeated) {
  auto writer = OpenWriter();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(writer->Add(Seen(0, "/a", SampleFacts("Owl", "clay"))));
  ASSERT_TRUE(writer->Commit(1));
  EXPECT_EQ(Documents(), 1U);
  const Xapian::Database database(index_);
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
  EXPECT_EQ(*writer->Documents(), 1U);
  ASSERT_TRUE(add_many());
  EXPECT_EQ(Documents(), 300U);
  EXPECT_EQ(Xapian::Database::check(index_, 0, nullptr), 0U);
}

}  // namespace
}  // namespace nightjar::indexer
