// SPDX-License-Identifier: Apache-2.0
// What a writer accepts and refuses when it opens an archive: every state that a crash can leave, and the
// states that only a person can make.
#include <algorithm>
#include <fstream>

#include "archive/captures/checkpoint_log.h"
#include "archive/captures/reconcile.h"
#include "base/file.h"
#include "tests/unit/archive/captures/archive_fixture.h"

namespace nightjar::captures {
namespace {

class Recovery : public ArchiveTest {
 protected:
  // Checkpoints of 3 and 5 leaves, then two leaves more.
  Recovery() {
    const auto writer = OpenWriter();
    AppendExamples(*writer, 0, 3);
    EXPECT_TRUE(writer->SignCheckpoint());
    AppendExamples(*writer, 3, 5);
    EXPECT_TRUE(writer->SignCheckpoint());
    AppendExamples(*writer, 5, 7);
  }
  [[nodiscard]] std::string LogPath() const { return paths_.folder + "/checkpoints.log"; }
  [[nodiscard]] Bytes Log() const { return ReadFile(LogPath()).value(); }
  void SetLog(const Bytes& content) const { ASSERT_TRUE(WriteFileDurably(LogPath(), content)); }
  [[nodiscard]] Bytes LogWithoutLastLine() const {
    const Bytes log = Log();
    return log.substr(0, log.rfind('\n', log.size() - 2) + 1);
  }

  // As if the writer had died after step (1) of reconcile.h for the present tree of 7 leaves.
  [[nodiscard]] evidence::SignedCheckpoint LeavePending() {
    const auto tables = OpenTables();
    const auto txn = tables->Read();
    const auto known = Reconcile(*txn, CheckpointLog(LogPath()),
                                 evidence::KeyChain({kExampleOrigin, ExampleLogKey().public_key()}));
    const evidence::Checkpoint now{kExampleOrigin, 7, known->frontier.Root()};
    auto pending = evidence::Sign(now, ExampleLogKey());
    EXPECT_TRUE(MakePending(*tables, pending));
    return pending;
  }
  void ExpectRefused(const std::string& because) {
    const auto writer = Writer::Open(Options());
    ASSERT_FALSE(writer) << "should have refused: " << because;
    EXPECT_EQ(writer.error().code, Code::kCorrupt);
    EXPECT_NE(writer.error().text.find(because), std::string::npos) << writer.error().Format();
  }
  void ExpectHealed(const evidence::SignedCheckpoint& pending) {
    ASSERT_NE(OpenWriter(), nullptr);
    EXPECT_EQ(OpenReader()->LatestCheckpoint()->note, pending.note);
    EXPECT_EQ(CheckpointLog(LogPath()).ReadTail()->newest, pending.note);
    const Bytes log = Log();
    EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 3);
    ASSERT_NE(OpenWriter(), nullptr);
  }
  // Stores what `change` makes of the value at `key`.
  void Alter(store::Table table, const Bytes& key, const Bytes& value) const {
    const auto tables = OpenTables();
    auto txn = tables->Write();
    ASSERT_TRUE(txn && txn->Put(table, key, value) && txn->Commit());
  }
};

TEST_F(Recovery, CompletesACheckpointWhoseLineWasNotBegun) { ExpectHealed(LeavePending()); }

TEST_F(Recovery, CompletesACheckpointWhoseLineIsWholeButNotYetShown) {
  const auto pending = LeavePending();
  ASSERT_TRUE(CheckpointLog(LogPath()).Append(pending.note));
  EXPECT_EQ(OpenReader()->LatestCheckpoint()->checkpoint.size, 5U);
  ExpectHealed(pending);
}

TEST_F(Recovery, CompletesACheckpointWhoseLineIsTornAnywhere) {
  const Bytes before = Log();
  const auto pending = LeavePending();
  ASSERT_TRUE(CheckpointLog(LogPath()).Append(pending.note));
  const Bytes after = Log();
  std::filesystem::copy(paths_.folder, folder_ + "/saved");
  for (std::size_t size = before.size() + 1; size < after.size(); size += 7) {
    std::filesystem::remove_all(paths_.folder);
    std::filesystem::copy(folder_ + "/saved", paths_.folder);
    SetLog(after.substr(0, size));
    ExpectHealed(pending);
  }
}

TEST_F(Recovery, CompletesALineThatThePowerCutLeftAsZeros) {
  const auto pending = LeavePending();
  SetLog(Log() + Bytes(300, '\0'));
  ExpectHealed(pending);
}

TEST_F(Recovery, CompletesALineOfWhichThePowerCutLeftOnlyTheEnd) {
  const Bytes before = Log();
  const auto pending = LeavePending();
  ASSERT_TRUE(CheckpointLog(LogPath()).Append(pending.note));
  const Bytes after = Log();
  std::filesystem::copy(paths_.folder, folder_ + "/saved", std::filesystem::copy_options::recursive);
  for (std::size_t there = before.size() + 1; there < after.size(); there += 31) {
    std::filesystem::remove_all(paths_.folder);
    std::filesystem::copy(folder_ + "/saved", paths_.folder, std::filesystem::copy_options::recursive);
    SetLog(before + Bytes(there - before.size(), '\0') + after.substr(there));
    ExpectHealed(pending);
  }
}

TEST_F(Recovery, RefusesZerosInALineThatNoPendingCheckpointExplains) {
  Bytes log = Log();
  log[log.size() - 20] = '\0';
  SetLog(log);
  ExpectRefused("not those of checkpoints.log");
}

TEST_F(Recovery, RefusesALogThatHasLostALine) {
  SetLog(LogWithoutLastLine());
  ExpectRefused("not those of checkpoints.log");
}

TEST_F(Recovery, RefusesALogThatIsGone) {
  std::filesystem::remove(LogPath());
  ExpectRefused("not those of checkpoints.log");
}

TEST_F(Recovery, RefusesATornLineThatNoPendingCheckpointExplains) {
  SetLog(Log() + "\"unit.example");
  ExpectRefused("not those of checkpoints.log");
}

TEST_F(Recovery, RefusesALogWhoseLastLineIsNoNote) {
  SetLog(Log() + "{}\n");
  ExpectRefused("is no note");
}

TEST_F(Recovery, RefusesYesterdaysDatabaseUnderTodaysLog) {
  const auto yesterday = folder_ + "/yesterday.mdb";
  std::filesystem::copy_file(paths_.folder + "/data.mdb", yesterday);
  {
    const auto writer = OpenWriter();
    AppendExamples(*writer, 7, 12);
    ASSERT_TRUE(writer->SignCheckpoint());
  }
  std::filesystem::copy_file(yesterday, paths_.folder + "/data.mdb",
                             std::filesystem::copy_options::overwrite_existing);
  ExpectRefused("rolled back");
}

TEST_F(Recovery, RefusesYesterdaysWholeFolderWhenTheLogLiesElsewhere) {
  paths_.folder = folder_ + "/other/archive";
  paths_.checkpoint_log = folder_ + "/checkpoints.log";
  {
    const auto writer = OpenWriter();
    AppendExamples(*writer, 0, 3);
    ASSERT_TRUE(writer->SignCheckpoint());
  }
  std::filesystem::copy(paths_.folder, folder_ + "/yesterday", std::filesystem::copy_options::recursive);
  {
    const auto writer = OpenWriter();
    AppendExamples(*writer, 3, 5);
    ASSERT_TRUE(writer->SignCheckpoint());
  }
  std::filesystem::remove_all(paths_.folder);
  std::filesystem::rename(folder_ + "/yesterday", paths_.folder);
  ExpectRefused("rolled back");
}

TEST_F(Recovery, RefusesTheForkOfAnArchiveUnderTheLogOfTheOther) {
  const std::string trunk = paths_.folder;
  const std::string fork = folder_ + "/fork";
  std::filesystem::copy(trunk, fork);
  for (const std::string& folder : {trunk, fork}) {  // one key signs two different trees of 9 leaves
    paths_.folder = folder;
    const auto writer = OpenWriter();
    AppendExamples(*writer, 7, 9);
    ASSERT_TRUE(writer->SignCheckpoint());
  }
  std::filesystem::copy_file(trunk + "/checkpoints.log", fork + "/checkpoints.log",
                             std::filesystem::copy_options::overwrite_existing);
  ExpectRefused("not those of checkpoints.log");
}

TEST_F(Recovery, RefusesATreeThatItsCheckpointDoesNotSign) {
  Alter(kNodes, BigEndianKey(evidence::StoragePosition({2, 0})), Bytes(Sha256("other").View()));
  ExpectRefused("not the one its newest checkpoint signs");
}

TEST_F(Recovery, RefusesATreeSmallerThanItsCheckpoint) {
  {
    const auto tables = OpenTables();
    auto txn = tables->Write();
    ASSERT_TRUE(txn);
    for (std::uint64_t n = 4; n < 7; ++n) ASSERT_TRUE(txn->Delete(kCaptures, BigEndianKey(n)));
    ASSERT_TRUE(txn->Commit());
  }
  ExpectRefused("4 leaves, fewer than the 5");
}

TEST_F(Recovery, RefusesAnArchiveWithAHoleInItsNumbers) {
  {
    const auto tables = OpenTables();
    auto txn = tables->Write();
    ASSERT_TRUE(txn && txn->Delete(kCaptures, BigEndianKey(2)) && txn->Commit());
  }
  ExpectRefused("not dense");
}

TEST_F(Recovery, RefusesAnotherFormat) {
  Alter(kMeta, Bytes(kMetaFormat), "nightjar-archive/3");
  ExpectRefused("another format");
  EXPECT_EQ(Reader::Open(paths_).error().code, Code::kCorrupt);
}

TEST_F(Recovery, RefusesACheckpointSignedByAnotherKey) {
  const auto stranger = SigningKey::FromSeed(std::string(32, 's')).value();
  const auto known = OpenReader()->LatestCheckpoint();
  const auto forged = evidence::Sign(known->checkpoint, stranger);
  Alter(kCheckpoints, BigEndianKey(5), forged.note);
  SetLog(LogWithoutLastLine());
  ASSERT_TRUE(CheckpointLog(LogPath()).Append(forged.note));
  ExpectRefused("signature");
}

}  // namespace
}  // namespace nightjar::captures
