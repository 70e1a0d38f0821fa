// SPDX-License-Identifier: Apache-2.0
// Somebody who was given two bundles of a case, one after the other, asks whether the log behind them is one
// and the same: both verifiers, and the commands by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "archive/evidence/cosignature.h"
#include "base/file.h"
#include "tests/contract/mutants.h"
#include "tests/unit/archive/bundle/example_archive.h"

namespace nightjar::contract {
namespace {

using testing::HasSubstr;

// A bundle proved against the checkpoint over the first half of an archive's captures.
std::string ExportOfTheFirstHalf(const bundle::ExampleArchive& archive, const std::string& name) {
  auto request = archive.Request({0, 2}, name);
  const std::string note = request.earlier.at(0).checkpoint;
  request.earlier.clear();
  const evidence::KeyChain keys({bundle::kExampleOrigin, bundle::ExampleLogKey().public_key()});
  request.attestation = bundle::Attestation{.checkpoint = evidence::VerifyNote(note, keys).value()};
  const auto summary = bundle::Export(archive.reader(), request);
  EXPECT_TRUE(summary) << summary.error().Format();
  return request.out_path;
}

class Earlier : public testing::Test {
 protected:
  // Both say the same: nothing where they accept, else the member that they name.
  static std::string Verdict(const std::string& older, const std::string& later) {
    bundle::Trusted trusted{.log_key = TheBundle().log_vkey};
    trusted.earlier = bundle::Verify(older, trusted)->checkpoint;
    const auto report = bundle::Verify(later, trusted);
    const auto run = RunIn("/", "python3 " + kVerifyScript + " " + later + " --earlier " + older +
                                    " --key '" + TheBundle().log_vkey + "'");
    EXPECT_EQ(run.exit_status, report ? 0 : 1) << run.output;
    if (report) return "";
    EXPECT_EQ(LastLine(run.output), "REJECTED: " + report.error().where + ": " + report.error().text);
    return report.error().where;
  }
  const bundle::ExampleArchive archive_;
  const std::string older_ = ExportOfTheFirstHalf(archive_, "older.tar");
};

TEST_F(Earlier, IsTheBeginningOfALogThatGoesOn) {
  EXPECT_EQ(Verdict(older_, TheBundle().path), "");
  EXPECT_EQ(Verdict(TheBundle().path, TheBundle().path), "") << "of the same log";
}

TEST_F(Earlier, IsNotTheBeginningOfALogThatWasRewritten) {
  auto others = bundle::EveryKindOfExchange();
  std::swap(others[1], others[2]);  // the same captures, in another order
  const bundle::ExampleArchive rewritten(others);
  EXPECT_EQ(Verdict(ExportOfTheFirstHalf(rewritten, "rewritten.tar"), TheBundle().path),
            "proofs/consistency-from-4");
}

TEST_F(Earlier, IsNotShownToBeTheBeginningWhereTheLaterBundleProvesNothing) {
  auto request = archive_.Request({0}, "first-of-its-case.tar");
  request.earlier.clear();
  ASSERT_TRUE(bundle::Export(archive_.reader(), request));
  EXPECT_EQ(Verdict(older_, request.out_path), "proofs/consistency-from-4");
  EXPECT_EQ(Verdict(TheBundle().path, older_), "checkpoint") << "the wrong way round";
}

TEST_F(Earlier, IsItselfChecked) {
  Bytes damaged = ReadFile(older_).value();
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
  ASSERT_TRUE(WriteFileDurably(archive_.folder() / "damaged.tar", damaged));
  const auto run = RunIn("/", "python3 " + kVerifyScript + " " + TheBundle().path + " --earlier " +
                                  (archive_.folder() / "damaged.tar"));
  EXPECT_EQ(run.exit_status, 1);
  EXPECT_THAT(LastLine(run.output), HasSubstr("REJECTED: the earlier bundle: "));
}

TEST_F(Earlier, IsComparedByHandToo) {
  const std::string& folder = archive_.folder().path();
  ASSERT_EQ(
      RunIn(folder, "mkdir old new && tar xf older.tar -C old && tar xf " + TheBundle().path + " -C new")
          .exit_status,
      0);
  const std::string check = "cd new/nightjar-owl-7 && EARLIER=../../old/nightjar-owl-7 sh VERIFY.txt";
  const auto good = RunIn(folder, check);
  EXPECT_EQ(good.exit_status, 0) << good.output;
  EXPECT_THAT(good.output, HasSubstr("step 7a: "));
  ASSERT_EQ(RunIn(folder, "sed -i '3s/.*/another root/' old/nightjar-owl-7/checkpoint").exit_status, 0);
  EXPECT_NE(RunIn(folder, check).exit_status, 0);
}

// Two names sign then, and each signature must be checked with its own key.
TEST_F(Earlier, IsCheckedByHandAlsoWhereAWitnessCosigned) {
  auto request = archive_.Request({0}, "cosigned.tar");
  const SigningKey key = SigningKey::FromSeed(std::string(32, 'w')).value();
  bundle::Attestation attestation{.checkpoint = archive_.reader().LatestCheckpoint().value()};
  attestation.witness = evidence::NoteKey{"witness.example/2026a", key.public_key()};
  attestation.checkpoint.note +=
      evidence::Cosign(evidence::FormatCheckpoint(attestation.checkpoint.checkpoint), 1767225700,
                       attestation.witness->name, key);
  request.attestation = std::move(attestation);
  const auto summary = bundle::Export(archive_.reader(), request);
  ASSERT_TRUE(summary) << summary.error().Format();
  EXPECT_EQ(Verdict(older_, request.out_path), "");
  ASSERT_EQ(RunIn(archive_.folder().path(), "tar xf cosigned.tar").exit_status, 0);
  const auto by_hand = RunIn(archive_.folder() / "nightjar-owl-7", "sh VERIFY.txt");
  EXPECT_EQ(by_hand.exit_status, 0) << by_hand.output;
  EXPECT_THAT(by_hand.output, HasSubstr("the witness cosigned the checkpoint"));
}

}  // namespace
}  // namespace nightjar::contract
