// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/erase.h"

#include <gmock/gmock.h>

#include "archive/captures/capture_row.h"
#include "archive/captures/scrub.h"
#include "archive/keyring/keyring.h"
#include "tests/unit/archive/captures/archive_fixture.h"

namespace nightjar::captures {
namespace {

using evidence::NumberRanges;

class ErasureTest : public ArchiveTest {
 protected:
  static evidence::Erasure Order(const std::string& erased, const std::string& restricted = "-") {
    return {.case_id = {"owl-7"},
            .rule = "retention class standard",
            .ordered_by = "Analyst 3",
            .approved_by = "Officer 1",
            .time = {},
            .erased = NumberRanges::Parse(erased).value(),
            .restricted = NumberRanges::Parse(restricted).value()};
  }
  void Erase(const evidence::Erasure& order) {
    const auto writer = OpenWriter();
    const auto leaf = writer->Erase(order);
    ASSERT_TRUE(leaf) << leaf.error().Format();
    ASSERT_TRUE(writer->SignCheckpoint());
  }
  void Fill(std::uint64_t captures) {
    const auto writer = OpenWriter();
    AppendExamples(*writer, 0, captures);
    ASSERT_TRUE(writer->SignCheckpoint());
  }
  void ExpectSound(std::uint64_t erased) const {
    const auto report = Scrub(paths_, [](auto, auto) { return true; });
    ASSERT_TRUE(report) << report.error().Format();
    EXPECT_EQ(report->erased, erased);
    for (const auto& problem : report->problems) ADD_FAILURE() << problem.where << ": " << problem.text;
  }
  [[nodiscard]] Result<keyring::Scope> KeyOf(std::uint32_t scope) {
    auto keys = keyring::KeyRing::Open(KeyringFolder(paths_), keyring::KeyRing::Mode::kRead, random_);
    return (*keys)->Find({scope});
  }
};

TEST_F(ErasureTest, LeavesTheLeafAndWhyAndTakesAllElse) {
  Fill(10);
  const Bytes leaf = OpenReader()->Leaf(3).value();
  Erase(Order("2-4"));
  const auto reader = OpenReader();
  const auto gone = reader->Get(CaptureNumber{3});
  ASSERT_TRUE(gone) << gone.error().Format();
  EXPECT_EQ(gone->erased_by, CaptureNumber{10});
  EXPECT_EQ(gone->leaf, leaf);
  EXPECT_TRUE(gone->record_text.empty() && gone->body.empty() && gone->signature.empty());
  EXPECT_EQ(gone->salt, Digest{});
  EXPECT_THAT(gone->rejected, testing::HasSubstr("leaf 10"));
  const auto erasures = reader->Erasures();
  ASSERT_TRUE(erasures && erasures->size() == 1);
  EXPECT_EQ(erasures->front().second.rule, "retention class standard");
  EXPECT_EQ(reader->ErasureAt(CaptureNumber{10})->value().erased.Format(), "2-4");
  EXPECT_FALSE(reader->ErasureAt(CaptureNumber{9})->has_value());
  ExpectSound(3);
}

TEST_F(ErasureTest, KeepsEverythingElseReadableAndEveryProofTrue) {
  Fill(40);  // enough for a dictionary
  const auto before = OpenReader()->LatestCheckpoint().value();
  Erase(Order("0,5-20"));
  auto reader = OpenReader();
  for (std::uint64_t n = 0; n < 40; ++n) {
    EXPECT_TRUE(reader->Prove(CaptureNumber{n}, 40)) << n;
    if (n == 0 || (n >= 5 && n <= 20)) continue;
    const auto capture = reader->Get(CaptureNumber{n});
    ASSERT_TRUE(capture) << capture.error().Format();
    EXPECT_EQ(capture->body, ExampleExchange(n).body);
    EXPECT_EQ(capture->record_text, ExampleExchange(n).record);
  }
  EXPECT_TRUE(reader->ProveConsistency(before.checkpoint.size, 41));
  ExpectSound(17);
  reader.reset();
  const auto writer = OpenWriter();
  AppendExamples(*writer, 41, 42);  // goes on under the fresh key
  EXPECT_TRUE(OpenReader()->Get(CaptureNumber{41}));
}

TEST_F(ErasureTest, DestroysTheKeySoThatAnOldCopyOfTheDatabaseCannotBeRead) {
  Fill(5);
  std::filesystem::copy_file(paths_.folder + "/data.mdb", folder_ + "/backup.mdb");
  Erase(Order("0-4"));
  EXPECT_EQ(KeyOf(0).error().code, Code::kNotFound);
  std::filesystem::copy_file(folder_ + "/backup.mdb", paths_.folder + "/data.mdb",
                             std::filesystem::copy_options::overwrite_existing);
  for (std::uint64_t n = 0; n < 5; ++n)
    EXPECT_EQ(OpenReader()->Get(CaptureNumber{n}).error().code, Code::kCorrupt);
}

TEST_F(ErasureTest, TakesTheTraceThatTheExchangeWasEverHandedOver) {
  Fill(5);
  Erase(Order("1"));
  const auto again = OpenWriter()->Append(std::vector{ExampleExchange(1), ExampleExchange(2)});
  ASSERT_TRUE(again);
  EXPECT_EQ((*again)[0].value, 6U) << "it was still known";
  EXPECT_EQ((*again)[1].value, 2U) << "the others still are";
}

TEST_F(ErasureTest, CountsWhatIsLeft) {
  Fill(10);
  const auto before = OpenReader()->ReadStats().value();
  Erase(Order("0-3"));
  const auto after = OpenReader()->ReadStats().value();
  EXPECT_EQ(after.captures, 11U);
  EXPECT_EQ(after.distinct_bodies, 6U);
  EXPECT_LT(after.body_bytes, before.body_bytes);
  EXPECT_LT(after.stored_bytes, before.stored_bytes);
  Erase(Order("4-9"));
  EXPECT_EQ(OpenReader()->ReadStats()->stored_bytes, 0U);
  const auto tables = OpenTables();
  const auto txn = tables->Read().value();
  for (const auto table : {kBodies, kBodyNames, kIdentities, kDictionaries})
    EXPECT_EQ(txn.Count(table).value(), 0U) << table.index;
}

TEST_F(ErasureTest, TakesWhatIsHeldOutOfSightOnly) {
  Fill(6);
  Erase(Order("0-3", "4-5"));
  auto reader = OpenReader();
  const auto hidden = reader->Get(CaptureNumber{4});
  ASSERT_FALSE(hidden);
  EXPECT_EQ(hidden.error().code, Code::kRefused);
  EXPECT_THAT(reader->GetRow(CaptureNumber{4})->rejected, testing::HasSubstr("restricted"));
  EXPECT_TRUE(reader->GetRow(CaptureNumber{4})->record.url.empty());
  const auto shown = reader->Get(CaptureNumber{4}, Restricted::kShow);
  ASSERT_TRUE(shown) << shown.error().Format();
  EXPECT_EQ(shown->restricted_by, CaptureNumber{6});
  EXPECT_EQ(shown->body, ExampleExchange(4).body);
  ExpectSound(4);
  reader.reset();
  Erase(Order("4"));  // the hold is over
  EXPECT_EQ(OpenReader()->Get(CaptureNumber{4})->erased_by, CaptureNumber{7});
  EXPECT_EQ(OpenReader()->Get(CaptureNumber{5}, Restricted::kShow)->restricted_by, CaptureNumber{6});
}

TEST_F(ErasureTest, FinishesAfterACrashBeforeTheKeyWasDestroyed) {
  Fill(3);
  std::filesystem::copy(KeyringFolder(paths_), folder_ + "/keys");
  Erase(Order("0-2"));
  std::filesystem::copy(
      folder_ + "/keys", KeyringFolder(paths_),
      std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
  ASSERT_TRUE(KeyOf(0));
  {
    const auto tables = OpenTables();
    auto txn = tables->Write().value();
    ASSERT_TRUE(txn.Put(kMeta, kMetaErasing, BigEndian32(0)) && txn.Commit());
  }
  EXPECT_TRUE(OpenWriter());
  EXPECT_EQ(KeyOf(0).error().code, Code::kNotFound);
  EXPECT_TRUE(OpenWriter()) << "and is not asked for again";
}

TEST_F(ErasureTest, RefusesWhatIsNoCaptureOfTheCaseAndThenChangesNothing) {
  Fill(3);
  Erase(Order("0"));
  const auto writer = OpenWriter();
  auto other = Order("1");
  other.case_id = {"fox-1"};
  for (const auto& order : {Order("0"), Order("3"), Order("1-9"), Order("0-1"), other}) {
    const auto refused = writer->Erase(order);
    ASSERT_FALSE(refused) << evidence::FormatErasure(order);
    EXPECT_EQ(refused.error().code, Code::kInvalidInput) << refused.error().Format();
  }
  EXPECT_EQ(writer->size(), 4U);
  EXPECT_TRUE(OpenReader()->Get(CaptureNumber{1}));
  EXPECT_TRUE(writer->Erase(Order("1")));
}

TEST_F(ErasureTest, ErasesDamagedCapturesButNeverLosesOneThatStays) {
  Fill(4);
  {
    const auto tables = OpenTables();
    auto txn = tables->Write().value();
    Bytes row(txn.Get(kCaptures, BigEndianKey(2)).value().value());
    row.back() = static_cast<char>(row.back() ^ 1);
    ASSERT_TRUE(txn.Put(kCaptures, BigEndianKey(2), row) && txn.Commit());
  }
  const auto writer = OpenWriter();
  const auto refused = writer->Erase(Order("1"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kCorrupt);
  EXPECT_THAT(refused.error().Format(), testing::HasSubstr("capture 2"));
  EXPECT_TRUE(OpenReader()->Get(CaptureNumber{1})) << "nothing was done";
  EXPECT_TRUE(writer->Erase(Order("2")));
  EXPECT_TRUE(OpenReader()->Get(CaptureNumber{1}));
}

TEST_F(ErasureTest, IsNotBelievedWhereTheLogDoesNotSaySo) {
  Fill(4);
  Erase(Order("1"));
  for (const std::uint64_t by : {4, 3, 99}) {
    const auto tables = OpenTables();
    const Bytes leaf = LeafOfRow(tables->Read()->Get(kCaptures, BigEndianKey(2))->value(), {2}).value();
    auto txn = tables->Write().value();
    ASSERT_TRUE(txn.Put(kCaptures, BigEndianKey(2), EncodeErasedRow(leaf, {by})) && txn.Commit());
    const auto found = OpenReader()->Get(CaptureNumber{2});
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, Code::kCorrupt) << found.error().Format();
  }
}

}  // namespace
}  // namespace nightjar::captures
