// SPDX-License-Identifier: Apache-2.0
// Damage anywhere in stored evidence is found, and named.
#include "archive/captures/scrub.h"

#include <gmock/gmock.h>

#include "archive/evidence/tree.h"
#include "base/file.h"
#include "tests/unit/archive/captures/archive_fixture.h"

namespace nightjar::captures {
namespace {

using ::testing::HasSubstr;

class ScrubTest : public ArchiveTest {
 protected:
  static constexpr std::uint64_t kCapturesStored = 40;

  ScrubTest() {
    const auto writer = OpenWriter();
    AppendExamples(*writer, 0, 20);
    EXPECT_TRUE(writer->SignCheckpoint());
    AppendExamples(*writer, 20, kCapturesStored);
    EXPECT_TRUE(writer->SignCheckpoint());
  }
  ScrubReport Run() {
    const auto report = Scrub(paths_, [](std::uint64_t, std::uint64_t) { return true; });
    EXPECT_TRUE(report) << report.error().Format();
    return report ? *report : ScrubReport{};
  }
  struct Row {
    store::Table table;
    Bytes key;
    Bytes value;
  };
  [[nodiscard]] std::vector<Row> Rows(store::Table table) const {
    std::vector<Row> rows;
    const auto txn = OpenTables()->Read();
    auto cursor = txn->Open(table);
    for (auto entry = cursor->First(); entry && *entry; entry = cursor->Next())
      rows.push_back({table, Bytes((*entry)->key), Bytes((*entry)->value)});
    return rows;
  }
  void Put(const Row& row) const {
    auto txn = OpenTables()->Write();
    ASSERT_TRUE(txn && txn->Put(row.table, row.key, row.value) && txn->Commit());
  }
};

TEST_F(ScrubTest, FindsNothingInASoundArchiveAndCountsIt) {
  const ScrubReport report = Run();
  EXPECT_EQ(report.problems_found, 0U);
  EXPECT_EQ(report.captures, kCapturesStored);
  EXPECT_EQ(report.checkpoints, 2U);
  EXPECT_EQ(report.nodes, 78U) << "40 leaves, and 20 + 10 + 5 + 2 + 1 nodes over them";
  EXPECT_GT(report.bytes, 1000U);
}

TEST_F(ScrubTest, FindsEveryFlippedBit) {
  std::vector<Row> rows;
  for (const store::Table table : {kCaptures, kBodies, kNodes, kCheckpoints, kFetchers})
    for (Row& row : Rows(table)) rows.push_back(std::move(row));
  SeededRandom dice(11);
  const char* wanted = std::getenv("NIGHTJAR_FLIPS");
  const int flips = wanted != nullptr ? std::atoi(wanted) : 150;
  for (int flip = 0; flip < flips && !HasFailure(); ++flip) {
    const Row& good = rows[dice.Next() % rows.size()];
    Row bad = good;
    const std::size_t at = dice.Next() % bad.value.size();
    bad.value[at] = static_cast<char>(bad.value[at] ^ (1 << (dice.Next() % 8)));
    Put(bad);
    EXPECT_GT(Run().problems_found, 0U)
        << "byte " << at << " of " << HexEncode(good.key) << " in table " << good.table.index;
    Put(good);
  }
  EXPECT_EQ(Run().problems_found, 0U);
}

TEST_F(ScrubTest, NamesWhatIsDamaged) {
  Row row = Rows(kCaptures).at(7);
  row.value.back() ^= 1;
  Put(row);
  ScrubReport report = Run();
  ASSERT_EQ(report.problems_found, 1U);
  EXPECT_EQ(report.problems[0].where, "capture 7");
  EXPECT_THAT(report.problems[0].text, HasSubstr("its row"));
  EXPECT_EQ(report.captures, kCapturesStored) << "it reads on";
}

TEST_F(ScrubTest, FindsALogThatLostItsEnd) {
  const std::string path = paths_.folder + "/checkpoints.log";
  const Bytes log = ReadFile(path).value();
  ASSERT_TRUE(WriteFileDurably(path, log.substr(0, log.find('\n') + 1)));
  const ScrubReport report = Run();
  ASSERT_EQ(report.problems_found, 1U);
  EXPECT_THAT(report.problems[0].where, HasSubstr("checkpoints.log"));
}

TEST_F(ScrubTest, FindsDamageInAnyLineOfTheLog) {
  const Bytes sound = ReadFile(paths_.folder + "/checkpoints.log").value();
  for (std::size_t place = 0; place < sound.size(); place += 13) {
    Bytes damaged = sound;
    damaged[place] = static_cast<char>(damaged[place] ^ 4);
    ASSERT_TRUE(WriteFileDurably(paths_.folder + "/checkpoints.log", damaged));
    const auto report = Scrub(paths_, [](auto, auto) { return true; });
    ASSERT_TRUE(report) << report.error().Format();
    EXPECT_GT(report->problems_found, 0U) << "byte " << place;
  }
}

TEST_F(ScrubTest, StopsWhenItIsAskedTo) {
  const auto stopped = Scrub(paths_, [](std::uint64_t read, std::uint64_t) { return read < 3; });
  EXPECT_EQ(stopped.error().code, Code::kUnavailable);
}

TEST_F(ArchiveTest, TellsWhatEachDayAdded) {
  const auto writer = OpenWriter();
  AppendExamples(*writer, 0, 3);
  clock_.Advance(std::chrono::hours(49));
  AppendExamples(*writer, 3, 4);
  const auto days = OpenReader()->Growth(10).value();
  ASSERT_EQ(days.size(), 2U);
  EXPECT_EQ(days[0].added.captures, 3U);
  EXPECT_EQ(days[1].added.captures, 1U);
  EXPECT_EQ(days[1].begin - days[0].begin, std::chrono::hours(48));
  EXPECT_EQ(OpenReader()->Growth(1)->at(0).added.captures, 1U);
  EXPECT_EQ(OpenReader()->ReadStats()->captures, 4U);
}

}  // namespace
}  // namespace nightjar::captures
