// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/archive.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include "archive/evidence/leaf.h"
#include "archive/evidence/tree.h"
#include "base/file.h"
#include "tests/unit/archive/captures/archive_fixture.h"

namespace nightjar::captures {
namespace {

using Archive = ArchiveTest;

TEST_F(Archive, GivesBackEveryByteOfWhatWasAppended) {
  const auto writer = OpenWriter();
  AppendExamples(*writer, 0, 5);
  const auto reader = OpenReader();
  EXPECT_EQ(reader->Size().value(), 5U);
  for (std::uint64_t n = 0; n < 5; ++n) {
    const Exchange exchange = ExampleExchange(n);
    const auto capture = reader->Get(CaptureNumber{n});
    ASSERT_TRUE(capture) << capture.error().Format();
    EXPECT_EQ(capture->record_text, exchange.record);
    EXPECT_EQ(capture->signature, exchange.signature);
    EXPECT_EQ(capture->request, exchange.request);
    EXPECT_EQ(capture->head, exchange.head);
    EXPECT_EQ(capture->body, exchange.body);
    EXPECT_EQ(capture->record.fetch_id, ExampleId(n));
    EXPECT_EQ(capture->rejected, "");
    const auto leaf = evidence::ParseLeaf(capture->leaf);
    ASSERT_TRUE(leaf);
    EXPECT_EQ(leaf->kind, evidence::LeafKind::kCapture);
    EXPECT_EQ(leaf->unix_time, UnixSeconds(clock_.Utc()));
    EXPECT_EQ(leaf->commitment, evidence::Commitment(capture->salt, Sha256(exchange.record)));
  }
  EXPECT_EQ(reader->Get(CaptureNumber{5}).error().code, Code::kNotFound);
  EXPECT_EQ(reader->GetRow(CaptureNumber{3})->record.fetch_id, ExampleId(3));
}

TEST_F(Archive, SaltsEveryLeafAnew) {
  const auto writer = OpenWriter();
  AppendExamples(*writer, 0, 2);
  const auto reader = OpenReader();
  EXPECT_NE(reader->Get(CaptureNumber{0})->salt, reader->Get(CaptureNumber{1})->salt);
}

TEST_F(Archive, HasOneLeafPerRecordHoweverOftenItIsHandedOver) {
  const std::vector<Exchange> twice = {ExampleExchange(0), ExampleExchange(1), ExampleExchange(0)};
  const std::vector<CaptureNumber> numbers = {{0}, {1}, {0}};
  {
    const auto writer = OpenWriter();
    EXPECT_EQ(writer->Append(twice).value(), numbers);
    EXPECT_EQ(writer->Append(twice).value(), numbers);
  }
  const auto writer = OpenWriter();
  EXPECT_EQ(writer->Append(twice).value(), numbers);
  EXPECT_EQ(writer->size(), 2U);
}

TEST_F(Archive, StoresEqualBodiesOnce) {
  const auto writer = OpenWriter();
  const Bytes body(10000, 'b');
  std::vector<Exchange> exchanges;
  for (std::uint64_t n = 0; n < 3; ++n)
    exchanges.push_back(Signed(ExampleRecord(n, "request", "head", body), "request", "head", body));
  ASSERT_TRUE(writer->Append(exchanges));
  const auto reader = OpenReader();
  const auto stats = reader->ReadStats();
  ASSERT_TRUE(stats);
  EXPECT_EQ(stats->captures, 3U);
  EXPECT_EQ(stats->distinct_bodies, 1U);
  EXPECT_EQ(stats->body_bytes, 10000U);
  EXPECT_LT(stats->stored_bytes, 1000U);
  EXPECT_EQ(reader->Get(CaptureNumber{2})->body, body);
}

TEST_F(Archive, KeepsAFailureWithoutAnyResponse) {
  const auto writer = OpenWriter();
  Record record = ExampleRecord(0, "", "", "");
  record.outcome = Outcome::kTimedOut;
  record.detail = "no answer within 60 s";
  record.http_status = 0;
  ASSERT_TRUE(writer->Append(std::vector{Signed(record, "", "", "")}));
  const auto capture = OpenReader()->Get(CaptureNumber{0});
  ASSERT_TRUE(capture) << capture.error().Format();
  EXPECT_EQ(capture->record.outcome, Outcome::kTimedOut);
  EXPECT_EQ(capture->body, "");
  EXPECT_EQ(capture->rejected, "");
}

TEST_F(Archive, MakesALeafOfARejectedHandoverAndKeepsNoneOfItsBytes) {
  const auto writer = OpenWriter();
  Exchange changed = ExampleExchange(0);
  changed.body += "<script>";
  EXPECT_EQ(writer->Append(std::vector{changed}).value(), std::vector{CaptureNumber{0}});
  const auto reader = OpenReader();
  const auto capture = reader->Get(CaptureNumber{0});
  ASSERT_TRUE(capture) << capture.error().Format();
  EXPECT_NE(capture->rejected.find("response-size"), std::string::npos) << capture->rejected;
  EXPECT_EQ(capture->record_text, changed.record);
  EXPECT_EQ(capture->record.fetch_id, ExampleId(0));
  EXPECT_EQ(capture->request + capture->head + capture->body, "");
  EXPECT_EQ(evidence::ParseLeaf(capture->leaf)->kind, evidence::LeafKind::kRejected);
  EXPECT_EQ(reader->ReadStats()->distinct_bodies, 0U);
  EXPECT_EQ(reader->GetRow(CaptureNumber{0})->rejected, capture->rejected);
}

TEST_F(Archive, NeverLetsARejectionStandInTheWayOfTheGoodHandover) {
  const auto writer = OpenWriter();
  Exchange changed = ExampleExchange(0);
  changed.body += "x";
  const std::vector<Exchange> handovers = {changed, ExampleExchange(0), changed, ExampleExchange(0)};
  const std::vector<CaptureNumber> numbers = {{0}, {1}, {0}, {1}};
  EXPECT_EQ(writer->Append(handovers).value(), numbers);
  const auto reader = OpenReader();
  EXPECT_EQ(reader->Get(CaptureNumber{1})->rejected, "");
  EXPECT_EQ(reader->Get(CaptureNumber{1})->body, ExampleExchange(0).body);
}

TEST_F(Archive, RejectsGarbageAndStrangersAndStillReadsThemBack) {
  const auto writer = OpenWriter();
  Exchange garbage;
  garbage.record = Bytes(3 * kMaxRecordSize, '\xFF');
  const auto stranger = SigningKey::FromSeed(std::string(32, 's')).value();
  Record strange = ExampleRecord(1, "", "", "");
  strange.fetcher_key = KeyId(stranger.public_key());
  Exchange foreign = Signed(strange, "", "", "");
  foreign.signature = stranger.Sign(foreign.record);
  ASSERT_TRUE(writer->Append(std::vector{garbage, foreign, Exchange{}}));
  const auto reader = OpenReader();
  for (std::uint64_t n = 0; n < 3; ++n) EXPECT_NE(reader->Get(CaptureNumber{n}).value().rejected, "");
  EXPECT_EQ(reader->Get(CaptureNumber{0})->record_text.size(), kMaxRecordSize);
  EXPECT_NE(reader->Get(CaptureNumber{1})->rejected.find("not known"), std::string::npos);
}

TEST_F(Archive, KeepsThePublicKeysThatItsRecordsNeed) {
  const auto writer = OpenWriter();
  AppendExamples(*writer, 0, 1);
  const auto reader = OpenReader();
  const VerifyKey fetcher = ExampleFetcherKey().public_key();
  EXPECT_EQ(reader->FetcherKey(KeyId(fetcher)).value(), fetcher);
  EXPECT_EQ(reader->FetcherKey("0123456789abcdef").error().code, Code::kNotFound);
  EXPECT_EQ(reader->LogKey().value(), ExampleLogKey().public_key());
  EXPECT_EQ(reader->LogNoteKey()->name, kExampleOrigin);
}

TEST_F(Archive, ProvesEveryCaptureAgainstASignedCheckpoint) {
  const auto writer = OpenWriter();
  AppendExamples(*writer, 0, 11);
  ASSERT_TRUE(writer->SignCheckpoint());
  AppendExamples(*writer, 11, 13);  // not in the checkpoint yet
  const auto reader = OpenReader();
  const auto latest = reader->LatestCheckpoint();
  ASSERT_TRUE(latest) << latest.error().Format();
  const auto verified = evidence::VerifyNote(latest->note, {kExampleOrigin, ExampleLogKey().public_key()});
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->checkpoint.size, 11U);
  for (std::uint64_t n = 0; n < 11; ++n) {
    const auto proof = reader->Prove(CaptureNumber{n}, 11);
    ASSERT_TRUE(proof) << proof.error().Format();
    const auto leaf_hash = evidence::LeafHash(reader->Get(CaptureNumber{n})->leaf);
    EXPECT_TRUE(evidence::VerifyInclusion(*proof, leaf_hash, verified->checkpoint.root));
  }
  EXPECT_EQ(reader->Prove(CaptureNumber{11}, 11).error().code, Code::kInvalidInput);
  EXPECT_EQ(reader->Prove(CaptureNumber{0}, 14).error().code, Code::kInvalidInput);
}

TEST_F(Archive, ProvesThatItOnlyEverGrew) {
  const auto writer = OpenWriter();
  AppendExamples(*writer, 0, 6);
  const auto older = writer->SignCheckpoint();
  AppendExamples(*writer, 6, 20);
  const auto newer = writer->SignCheckpoint();
  const auto reader = OpenReader();
  const auto proof = reader->ProveConsistency(6, 20);
  ASSERT_TRUE(older && newer && proof);
  EXPECT_TRUE(evidence::VerifyConsistency(6, 20, *proof, older->checkpoint.root, newer->checkpoint.root));
  EXPECT_EQ(reader->ProveConsistency(6, 21).error().code, Code::kInvalidInput);
}

TEST_F(Archive, SignsNothingNewWhileTheTreeStandsStill) {
  auto writer = OpenWriter();
  EXPECT_EQ(OpenReader()->LatestCheckpoint().error().code, Code::kNotFound);
  AppendExamples(*writer, 0, 1);
  const auto first = writer->SignCheckpoint();
  ASSERT_TRUE(first);
  EXPECT_EQ(writer->SignCheckpoint()->note, first->note);
  writer.reset();
  writer = OpenWriter();
  EXPECT_EQ(writer->SignCheckpoint()->note, first->note);
  const auto tables = OpenTables();
  EXPECT_EQ(tables->Read()->Count(kCheckpoints).value(), 1U);
}

TEST_F(Archive, GoesOnAfterReopeningWithTheSameTree) {
  std::vector<Digest> leaf_hashes;
  for (std::uint64_t n = 0; n < 9; ++n) AppendExamples(*OpenWriter(), n, n + 1);
  const auto writer = OpenWriter();
  const auto checkpoint = writer->SignCheckpoint();
  ASSERT_TRUE(checkpoint);
  const auto reader = OpenReader();
  evidence::Frontier recomputed;
  std::vector<evidence::Node> completed;
  for (std::uint64_t n = 0; n < 9; ++n)
    recomputed.Append(evidence::LeafHash(reader->Get(CaptureNumber{n})->leaf), completed);
  EXPECT_EQ(checkpoint->checkpoint.root, recomputed.Root());
}

TEST_F(Archive, HasOneWriterOneLogKeyAndAnOriginThatNamesIt) {
  auto writer = OpenWriter();
  const auto second = Writer::Open(Options());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::kUnavailable);
  EXPECT_NE(second.error().text.find(std::to_string(::getpid())), std::string::npos);
  writer.reset();

  Writer::Options other = Options();
  other.log_key = SigningKey::FromSeed(std::string(32, 'o')).value();
  EXPECT_EQ(Writer::Open(std::move(other)).error().code, Code::kInvalidInput);
  other = Options();
  other.origin = "unit.example/nightjar/2027a";
  EXPECT_EQ(Writer::Open(std::move(other)).error().code, Code::kInvalidInput);
  other = Options();
  other.origin = "has a space";
  EXPECT_EQ(Writer::Open(std::move(other)).error().code, Code::kInvalidInput);
  EXPECT_NE(OpenWriter(), nullptr);
}

TEST_F(Archive, IsNotFoundBeforeItsWriterHasMadeIt) {
  EXPECT_EQ(Reader::Open(paths_).error().code, Code::kNotFound);
}

TEST_F(Archive, StoresNothingOfABatchThatDoesNotFitAndGoesOn) {
  paths_.map_size = 1 << 20;
  const auto writer = OpenWriter();
  AppendExamples(*writer, 0, 3);
  const Bytes large = SeededRandom(1).Take(2 << 20);
  const std::vector<Exchange> batch = {ExampleExchange(3),
                                       Signed(ExampleRecord(4, "", "", large), "", "", large)};
  EXPECT_EQ(writer->Append(batch).error().code, Code::kFull);
  EXPECT_EQ(writer->size(), 3U);
  AppendExamples(*writer, 3, 4);
  EXPECT_EQ(OpenReader()->Size().value(), 4U);
  EXPECT_TRUE(writer->SignCheckpoint());
}

TEST_F(Archive, FindsAFlippedBitAnywhereInARowBodyOrLeafHashOnReading) {
  AppendExamples(*OpenWriter(), 0, 1);
  const auto tables = OpenTables();
  const auto reader = OpenReader();
  const auto put = [&](store::Table table, const Bytes& key, const Bytes& value) {
    auto txn = tables->Write();
    ASSERT_TRUE(txn && txn->Put(table, key, value) && txn->Commit());
  };
  for (const auto& [table, key] :
       {std::pair(kCaptures, BigEndianKey(0)), std::pair(kBodies, BigEndianKey(0) + BigEndian32(0)),
        std::pair(kNodes, BigEndianKey(0))}) {
    const Bytes good(tables->Read()->Get(table, key).value().value());
    for (std::size_t i = 0; i < good.size(); i += 5) {
      Bytes bad = good;
      bad[i] = static_cast<char>(bad[i] ^ (1 << (i % 8)));
      put(table, key, bad);
      const auto capture = reader->Get(CaptureNumber{0});
      ASSERT_FALSE(capture) << "byte " << i << " of table " << table.index;
      EXPECT_EQ(capture.error().code, Code::kCorrupt) << capture.error().Format();
    }
    put(table, key, good);
    EXPECT_TRUE(reader->Get(CaptureNumber{0}));
  }
}

TEST_F(Archive, NeverGivesOutAProofThatDoesNotHold) {
  const auto writer = OpenWriter();
  AppendExamples(*writer, 0, 8);
  const auto tables = OpenTables();
  const Bytes key = BigEndianKey(evidence::StoragePosition({1, 1}));
  auto txn = tables->Write();
  ASSERT_TRUE(txn && txn->Put(kNodes, key, Sha256("other").View()) && txn->Commit());
  const auto reader = OpenReader();
  EXPECT_EQ(reader->Prove(CaptureNumber{0}, 8).error().code, Code::kCorrupt);
  EXPECT_EQ(reader->ProveConsistency(2, 8).error().code, Code::kCorrupt);
}

TEST_F(Archive, ShowsNothingOfACaptureToWhoeverHasTheDiskButNotTheKeyring) {
  {
    const auto writer = OpenWriter();
    AppendExamples(*writer, 0, 40);
    ASSERT_TRUE(writer->SignCheckpoint());
  }
  const Bytes disk = ReadFile(paths_.folder + "/data.mdb", 64 << 20).value();
  const Exchange example = ExampleExchange(7);
  for (const std::string& secret :
       {std::string("pg6mmjiyjmcrsslv"), std::string("owl-7"), std::string("Owl 7"),
        Bytes(Sha256(example.body).View()), Sha256(example.body).Hex()})
    EXPECT_EQ(disk.find(secret), Bytes::npos) << secret;
  std::filesystem::rename(paths_.folder + "/keyring", folder_ + "/elsewhere");
  const auto capture = OpenReader()->Get(CaptureNumber{7});
  ASSERT_FALSE(capture);
  EXPECT_THAT(capture.error().Format(), testing::HasSubstr("restore it from a backup"));
  paths_.keyring = folder_ + "/elsewhere";
  EXPECT_EQ(OpenReader()->Get(CaptureNumber{7})->body, example.body);
}

TEST_F(Archive, KeepsABodyOnceInItsScopeAndAgainInAnother) {
  const auto writer = OpenWriter();
  const auto exchange = [](std::uint64_t n, const std::string& case_id) {
    Record record = ExampleRecord(n, "", "", "the same page");
    record.case_id.value = case_id;
    return Signed(record, "", "", "the same page");
  };
  ASSERT_TRUE(writer->Append(std::vector{exchange(0, "owl-7"), exchange(1, "owl-7"), exchange(2, "fox-1")}));
  EXPECT_EQ(OpenReader()->ReadStats()->distinct_bodies, 2U);
  for (std::uint64_t n = 0; n < 3; ++n) EXPECT_EQ(OpenReader()->Get(CaptureNumber{n})->body, "the same page");
}

TEST_F(Archive, LearnsWhatPagesOfASiteShareAndReadsOldAndNewOnes) {
  SeededRandom random(3);
  const Bytes frame = HexEncode(random.Take(3000));
  const auto page = [&](std::uint64_t n) { return frame + "page " + std::to_string(n); };
  const auto writer = OpenWriter();
  std::vector<std::uint64_t> stored;
  for (std::uint64_t n = 0; n < 60; ++n) {
    const Bytes body = page(n);
    ASSERT_TRUE(writer->Append(std::vector{Signed(ExampleRecord(n, "", "", body), "", "", body)}));
    stored.push_back(OpenReader()->ReadStats()->stored_bytes);
  }
  EXPECT_LT((stored[59] - stored[58]) * 5, stored[1] - stored[0]);
  const auto reader = OpenReader();
  for (std::uint64_t n = 0; n < 60; ++n) EXPECT_EQ(reader->Get(CaptureNumber{n})->body, page(n)) << n;
}

TEST_F(Archive, TakesBodiesOfEverySize) {
  const auto writer = OpenWriter();
  std::uint64_t n = 0;
  SeededRandom random(5);
  for (const std::size_t size : {1UL, 470UL, 471UL, 472UL, 500UL, 1000UL, 65000UL, 66000UL, 3000000UL}) {
    const Bytes body = random.Take(size);
    ASSERT_TRUE(writer->Append(std::vector{Signed(ExampleRecord(n, "", "", body), "", "", body)}));
    EXPECT_EQ(OpenReader()->Get(CaptureNumber{n++})->body, body) << size;
  }
}

TEST_F(ArchiveTest, StoresAWithheldBodyAsTheHeadAndAHash) {
  const Bytes photo = "not to be kept by anybody";
  const auto writer = OpenWriter();
  ASSERT_TRUE(writer->Append(std::vector{WithheldExchange(0, Withheld::By::kHashList, photo)}));
  const auto capture = OpenReader()->Get(CaptureNumber{0});
  ASSERT_TRUE(capture) << capture.error().Format();
  EXPECT_EQ(capture->rejected, "");
  EXPECT_EQ(capture->body, "");
  EXPECT_FALSE(capture->head.empty());
  EXPECT_EQ(capture->record.withheld, (Withheld{Withheld::By::kHashList, photo.size(), Sha256(photo)}));
  EXPECT_EQ(OpenReader()->ReadStats()->distinct_bodies, 0U);
}

}  // namespace
}  // namespace nightjar::captures
