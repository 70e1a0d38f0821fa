// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include "archive/captures/rotate_key.h"
#include "base/file.h"
#include "tests/unit/archive/captures/archive_fixture.h"

namespace nightjar::captures {
namespace {

const std::string kSecondOrigin = "unit.example/nightjar/2026b";
SigningKey SecondKey() { return SigningKey::FromSeed(std::string(32, 'm')).value(); }

using Attested = ArchiveTest;

class Rotation : public ArchiveTest {
 protected:
  [[nodiscard]] Writer::Options SecondOptions() {
    auto options = Options();
    options.origin = kSecondOrigin;
    options.log_key = SecondKey();
    return options;
  }
  void RotateAfter(std::uint64_t captures) {
    const auto writer = OpenWriter();
    AppendExamples(*writer, 0, captures);
    const auto rotated = writer->Rotate(kSecondOrigin, SecondKey());
    ASSERT_TRUE(rotated) << rotated.error().Format();
    EXPECT_EQ(writer->size(), captures + 1);
  }
};

TEST_F(Rotation, IsALeafThatLeadsFromTheOldKeyToTheNew) {
  RotateAfter(3);
  const auto reader = OpenReader();
  const auto keys = reader->LogKeys();
  ASSERT_TRUE(keys) << keys.error().Format();
  EXPECT_EQ(keys->newest().name, kSecondOrigin);
  EXPECT_EQ(keys->first().name, kExampleOrigin);
  ASSERT_EQ(keys->rotations().size(), 1U);
  EXPECT_EQ(keys->rotations()[0].leaf, 3U);
  const auto latest = reader->LatestCheckpoint();
  ASSERT_TRUE(latest) << latest.error().Format();
  EXPECT_EQ(latest->checkpoint.origin, kSecondOrigin);
  EXPECT_EQ(latest->checkpoint.size, 4U);
  const auto row = reader->Get(CaptureNumber{3});
  ASSERT_TRUE(row) << row.error().Format();
  EXPECT_FALSE(row->rejected.empty());
  EXPECT_TRUE(evidence::OpenRotation(row->record_text, row->signature));
  EXPECT_TRUE(reader->Prove(CaptureNumber{3}, 4));
  EXPECT_TRUE(reader->ProveConsistency(3, 4)) << "the old key's last checkpoint is of the same tree";
}

TEST_F(Rotation, LetsTheNewKeyGoOnAndTheOldKeyNot) {
  RotateAfter(3);
  const auto old_again = Writer::Open(Options());
  ASSERT_FALSE(old_again);
  EXPECT_EQ(old_again.error().code, Code::kInvalidInput);
  EXPECT_NE(old_again.error().text.find("rotate-key"), std::string::npos) << old_again.error().text;
  for (int i = 0; i < 2; ++i) {
    const auto writer = Writer::Open(SecondOptions());
    ASSERT_TRUE(writer) << writer.error().Format();
    const std::uint64_t size = (*writer)->size();
    ASSERT_TRUE((*writer)->Append(std::vector{ExampleExchange(size)}));
    EXPECT_EQ((*writer)->SignCheckpoint()->checkpoint.origin, kSecondOrigin);
  }
}

TEST_F(Rotation, MayHappenManyTimesButNeverBackwards) {
  RotateAfter(0);
  auto writer = std::move(Writer::Open(SecondOptions()).value());
  EXPECT_EQ(writer->Rotate(kExampleOrigin, SigningKey::Generate()).error().code, Code::kInvalidInput);
  EXPECT_EQ(writer->Rotate(kSecondOrigin, SigningKey::Generate()).error().code, Code::kInvalidInput);
  EXPECT_EQ(writer->Rotate("unit.example/nightjar/2026c", ExampleLogKey()).error().code, Code::kInvalidInput);
  EXPECT_EQ(writer->Rotate("no name", SigningKey::Generate()).error().code, Code::kInvalidInput);
  ASSERT_TRUE(writer->Rotate("unit.example/nightjar/2026c", SigningKey::Generate()));
  EXPECT_EQ(OpenReader()->LogKeys()->rotations().size(), 2U);
}

// The new checkpoint is pending when the rotation commits: wherever a crash falls after that, the next start
// of the new key brings it into both places.
TEST_F(Rotation, IsCompletedAfterACrashBetweenItsTwoPlaces) {
  RotateAfter(3);
  const std::string log = paths_.folder + "/checkpoints.log";
  const Bytes lines = ReadFile(log).value();
  const std::string newest = OpenReader()->LatestCheckpoint()->note;
  {
    const auto env = OpenTables();
    auto txn = env->Write();
    ASSERT_TRUE(txn->Delete(kCheckpoints, BigEndianKey(4)));
    ASSERT_TRUE(txn->Put(kMeta, kMetaPending, newest));
    ASSERT_TRUE(txn->Commit());
  }
  ASSERT_TRUE(WriteFileDurably(log, lines.substr(0, lines.find('\n') + 1)));
  EXPECT_EQ(OpenReader()->LatestCheckpoint()->checkpoint.origin, kExampleOrigin) << "readers see the old one";
  const auto writer = Writer::Open(SecondOptions());
  ASSERT_TRUE(writer) << writer.error().Format();
  EXPECT_EQ(ReadFile(log).value(), lines);
  EXPECT_EQ(OpenReader()->LatestCheckpoint()->note, newest);
}

TEST_F(Rotation, IsRefusedWhenItWasRolledBackInOnePlace) {
  RotateAfter(3);
  const std::string log = paths_.folder + "/checkpoints.log";
  const Bytes lines = ReadFile(log).value();
  ASSERT_TRUE(WriteFileDurably(log, lines.substr(0, lines.find('\n') + 1)));
  EXPECT_EQ(Writer::Open(SecondOptions()).error().code, Code::kCorrupt);
  ASSERT_TRUE(WriteFileDurably(log, lines));
  {
    const auto env = OpenTables();
    auto txn = env->Write();
    ASSERT_TRUE(
        txn->Put(kMeta, kMetaLogKey, evidence::FormatVkey({kExampleOrigin, ExampleLogKey().public_key()})));
    ASSERT_TRUE(txn->Commit());
  }
  EXPECT_EQ(Writer::Open(Options()).error().code, Code::kCorrupt) << "the chain ends at another key";
}

// The whole folder was put back to yesterday, both places with it: only what others remember betrays that.
class RotatedKeyFile : public Rotation {
 protected:
  RotatedKeyFile() {
    EXPECT_TRUE(MakeFolders(keys_));
    auto options = Options();
    options.log_key = SigningKey::LoadOrCreate(keys_ + "/log.pem").value();
    first_ = options.log_key.public_key();
    const auto writer = std::move(Writer::Open(std::move(options)).value());
    AppendExamples(*writer, 0, 2);
    EXPECT_TRUE(writer->SignCheckpoint());
  }
  [[nodiscard]] VerifyKey InFile(const std::string& name) const {
    return SigningKey::LoadOrCreate(keys_ + "/" + name).value().public_key();
  }
  void ExpectTurned(const Result<RotatedKey>& rotated) const {
    ASSERT_TRUE(rotated) << rotated.error().Format();
    EXPECT_EQ(rotated->old_key.key, first_);
    EXPECT_EQ(InFile("log.pem"), rotated->new_key.key);
    EXPECT_EQ(OpenReader()->LogKeys()->newest().key, rotated->new_key.key);
    EXPECT_EQ(SigningKey::LoadOrCreate(rotated->retired_path)->public_key(), first_);
    EXPECT_FALSE(std::filesystem::exists(keys_ + "/log-next.pem"));
  }

  std::string keys_ = folder_ + "/keys";
  VerifyKey first_;
};

TEST_F(RotatedKeyFile, LeavesTheNewKeyInItsPlaceAndTheOldOneBeside) {
  ExpectTurned(RotateLogKey(paths_, keys_, kSecondOrigin));
  EXPECT_EQ(RotateLogKey(paths_, keys_, kSecondOrigin).error().code, Code::kInvalidInput) << "once is enough";
}

TEST_F(RotatedKeyFile, GoesOnWhereACrashCutItShort) {
  const SigningKey next = SigningKey::LoadOrCreate(keys_ + "/log-next.pem").value();  // after step 1
  auto options = Options();
  options.log_key = SigningKey::LoadOrCreate(keys_ + "/log.pem").value();
  ASSERT_TRUE(Writer::Open(std::move(options)).value()->Rotate(kSecondOrigin, next));  // after step 2
  ExpectTurned(RotateLogKey(paths_, keys_, kSecondOrigin));
  EXPECT_EQ(OpenReader()->LogKeys()->rotations().size(), 1U);
}

TEST_F(RotatedKeyFile, IsRefusedForAnotherKeyOrAnOldName) {
  EXPECT_EQ(RotateLogKey(paths_, keys_, kExampleOrigin).error().code, Code::kInvalidInput);
  ASSERT_TRUE(std::filesystem::remove(keys_ + "/log.pem"));
  EXPECT_EQ(RotateLogKey(paths_, keys_, kSecondOrigin).error().code, Code::kInvalidInput);
  EXPECT_EQ(OpenReader()->LogKeys()->rotations().size(), 0U);
}

TEST_F(Attested, BetraysTheRollBackOfAWholeFolder) {
  std::vector<evidence::Checkpoint> seen;
  {
    const auto writer = OpenWriter();
    AppendExamples(*writer, 0, 3);
    ASSERT_TRUE(writer->SignCheckpoint());
  }
  std::filesystem::copy(paths_.folder, folder_ + "/yesterday", std::filesystem::copy_options::recursive);
  {
    const auto writer = OpenWriter();
    AppendExamples(*writer, 3, 6);
    seen.push_back(writer->SignCheckpoint()->checkpoint);
  }
  auto options = Options();
  options.attested = seen;
  EXPECT_TRUE(Writer::Open(options)) << "today's folder is fine";
  std::filesystem::remove_all(paths_.folder);
  std::filesystem::rename(folder_ + "/yesterday", paths_.folder);
  EXPECT_EQ(Writer::Open(options).error().code, Code::kCorrupt);
  {
    const auto writer = OpenWriter();  // nobody told it, and it grows beyond
    AppendExamples(*writer, 3, 8);
    ASSERT_TRUE(writer->SignCheckpoint());
  }
  EXPECT_EQ(Writer::Open(options).error().code, Code::kCorrupt) << "a fork: other salts, other leaves";
}

}  // namespace
}  // namespace nightjar::captures
