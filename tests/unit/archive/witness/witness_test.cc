// SPDX-License-Identifier: Apache-2.0
#include "archive/witness/witness.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "archive/evidence/cosignature.h"
#include "base/file.h"
#include "base/random.h"
#include "tests/unit/archive/witness/example_log.h"

namespace nightjar::witness {
namespace {

const std::string kName = "witness.example/2026a";

class WitnessTest : public testing::Test {
 protected:
  WitnessTest() {
    std::string pattern = testing::TempDir() + "nightjar-witness-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    log_.GrowTo(100);
    Reopen();
  }
  ~WitnessTest() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] Result<std::unique_ptr<Witness>> Open() const {
    return Witness::Open({folder_, kName, KeyNumber('w'), {{keys_}}, &clock_});
  }
  // As a process that was killed and started again.
  void Reopen() {
    witness_.reset();
    auto opened = Open();
    ASSERT_TRUE(opened) << opened.error().Format();
    witness_ = std::move(*opened);
  }
  Answer Ask(const AddRequest& request) { return witness_->AddCheckpoint(FormatAddCheckpoint(request)); }
  [[nodiscard]] std::string Disputes() const { return ReadFile(folder_ + "/disputes.log").value_or(""); }

  std::string folder_;
  ManualClock clock_;
  ExampleLog log_;
  std::vector<evidence::NoteKey> keys_{log_.key()};
  std::unique_ptr<Witness> witness_;
};

TEST_F(WitnessTest, CosignsALogThatOnlyGrows) {
  std::uint64_t old_size = 0;
  for (const std::uint64_t size : {1, 2, 3, 8, 8, 64, 65, 100}) {
    const Answer answer = Ask(log_.Request(old_size, size));
    ASSERT_EQ(answer.verdict, Verdict::kCosigned) << old_size << " to " << size << ": " << answer.text;
    const auto key = evidence::ParseVkey(witness_->vkey(), evidence::KeyType::kWitness).value();
    const auto time = evidence::OpenCosignature(log_.At(size).note + answer.text, key);
    ASSERT_TRUE(time) << time.error().Format();
    EXPECT_EQ(*time, UnixSeconds(clock_.Utc()));
    old_size = size;
  }
}

TEST_F(WitnessTest, TellsItsSizeToALogThatHasForgottenIt) {
  ASSERT_EQ(Ask(log_.Request(0, 10)).verdict, Verdict::kCosigned);
  for (const std::uint64_t wrong : {0, 1, 9, 11, 20}) {
    const Answer answer = Ask(log_.Request(wrong, 20));
    EXPECT_EQ(answer.verdict, Verdict::kConflict) << wrong;
    EXPECT_EQ(answer.text, "10\n");
  }
  EXPECT_EQ(Ask(log_.Request(10, 20)).verdict, Verdict::kCosigned);
}

TEST_F(WitnessTest, RefusesEveryRollBack) {
  ASSERT_EQ(Ask(log_.Request(0, 50)).verdict, Verdict::kCosigned);
  for (std::uint64_t size = 1; size < 50; ++size) {
    for (const std::uint64_t old_size : {std::uint64_t{0}, std::uint64_t{1}, size})
      EXPECT_EQ(Ask(log_.Request(std::min(old_size, size), size)).verdict, Verdict::kConflict) << size;
    // Claiming the witness's own size cannot help: it is above the checkpoint's.
    EXPECT_EQ(Ask({50, {}, log_.At(size).note}).verdict, Verdict::kMalformed) << size;
  }
  EXPECT_EQ(Ask(log_.Request(50, 51)).verdict, Verdict::kCosigned);
}

TEST_F(WitnessTest, RefusesEveryFork) {
  ASSERT_EQ(Ask(log_.Request(0, 50)).verdict, Verdict::kCosigned);
  for (std::uint64_t common = 0; common < 50; ++common) {
    ExampleLog fork;
    fork.GrowTo(common);
    fork.Change("other");
    fork.GrowTo(100);
    EXPECT_EQ(Ask(fork.Request(50, 50)).verdict, Verdict::kConflict) << common;
    EXPECT_EQ(Ask(fork.Request(50, 51)).verdict, Verdict::kBadProof) << common;
    EXPECT_EQ(Ask(fork.Request(50, 100)).verdict, Verdict::kBadProof) << common;
    EXPECT_EQ(Ask(fork.Request(common, 100)).verdict, Verdict::kConflict) << common;
    // The honest log's proof does not lead to the fork's root.
    AddRequest mixed = fork.Request(50, 100);
    mixed.proof = log_.Request(50, 100).proof;
    EXPECT_EQ(Ask(mixed).verdict, Verdict::kBadProof) << common;
  }
  EXPECT_NE(Disputes().find("two trees of one size"), std::string::npos);
  EXPECT_EQ(Ask(log_.Request(50, 100)).verdict, Verdict::kCosigned);
}

TEST_F(WitnessTest, RefusesBadProofs) {
  ASSERT_EQ(Ask(log_.Request(0, 50)).verdict, Verdict::kCosigned);
  AddRequest request = log_.Request(50, 100);
  request.proof.pop_back();
  EXPECT_EQ(Ask(request).verdict, Verdict::kBadProof);
  request = log_.Request(50, 100);
  request.proof.push_back(Sha256("more"));
  EXPECT_EQ(Ask(request).verdict, Verdict::kBadProof);
  request.proof.clear();
  EXPECT_EQ(Ask(request).verdict, Verdict::kBadProof);
  request = log_.Request(50, 50);
  request.proof.push_back(Sha256("more"));
  EXPECT_EQ(Ask(request).verdict, Verdict::kBadProof);
}

TEST_F(WitnessTest, WantsNoProofFromNothing) {
  AddRequest request = log_.Request(0, 50);
  request.proof.push_back(Sha256("more"));
  EXPECT_EQ(Ask(request).verdict, Verdict::kBadProof);
}

TEST_F(WitnessTest, KnowsOnlyTheLogsOfItsListAndTheirKeys) {
  ExampleLog stranger("other.example/log", 'l');
  stranger.GrowTo(5);
  EXPECT_EQ(Ask(stranger.Request(0, 5)).verdict, Verdict::kUnknownLog);
  ExampleLog impostor(kOrigin, 'i');
  impostor.GrowTo(5);
  EXPECT_EQ(Ask(impostor.Request(0, 5)).verdict, Verdict::kUntrusted);
  EXPECT_EQ(Ask({0, {}, "words\n"}).verdict, Verdict::kMalformed);
  EXPECT_EQ(Ask({0, {}, evidence::SignNote("words\n", kOrigin, KeyNumber('l'))}).verdict,
            Verdict::kMalformed);
  EXPECT_EQ(Ask({6, {}, log_.At(5).note}).verdict, Verdict::kMalformed);
  EXPECT_EQ(witness_->AddCheckpoint("GET / HTTP/1.1\r\n\r\n").verdict, Verdict::kMalformed);
  EXPECT_TRUE(Disputes().empty()) << "strangers can fill no file";
}

// The state is on the disk before the answer leaves: whoever kills the witness in between finds it there.
TEST_F(WitnessTest, RemembersAfterADeathBeforeItsAnswerArrived) {
  ASSERT_EQ(Ask(log_.Request(0, 10)).verdict, Verdict::kCosigned);
  (void)Ask(log_.Request(10, 20));  // the answer is lost
  Reopen();
  EXPECT_EQ(Ask(log_.Request(10, 30)).text, "20\n");
  EXPECT_EQ(Ask(log_.Request(20, 20)).verdict, Verdict::kCosigned) << "the same again, cosigned now";
  ExampleLog fork(kOrigin, 'l', "other");
  fork.GrowTo(30);
  EXPECT_EQ(Ask(fork.Request(20, 30)).verdict, Verdict::kBadProof);
}

TEST_F(WitnessTest, CosignsNothingThatItCannotStore) {
  ASSERT_EQ(Ask(log_.Request(0, 10)).verdict, Verdict::kCosigned);
  const std::string kept = folder_ + "-away";
  std::filesystem::rename(folder_, kept);
  EXPECT_EQ(Ask(log_.Request(10, 20)).verdict, Verdict::kFailed);
  std::filesystem::rename(kept, folder_);
  EXPECT_EQ(Ask(log_.Request(10, 20)).verdict, Verdict::kCosigned);
}

TEST_F(WitnessTest, StaysDownWhenItsStateIsDamagedOrOfAnUnlistedLog) {
  ASSERT_EQ(Ask(log_.Request(0, 10)).verdict, Verdict::kCosigned);
  EXPECT_EQ(Open().error().code, Code::kUnavailable) << "one process at a time";
  witness_.reset();
  const std::string path = folder_ + "/" + Sha256(kOrigin).Hex() + ".checkpoint";
  const Bytes note = ReadFile(path).value();
  for (std::size_t i = 0; i < note.size(); i += 7) {
    Bytes damaged = note;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    ASSERT_TRUE(WriteFileDurably(path, damaged));
    EXPECT_EQ(Open().error().code, Code::kCorrupt) << "byte " << i;
  }
  ASSERT_TRUE(WriteFileDurably(path, note));
  keys_ = {{"other.example/log", KeyNumber('o').public_key()}};
  EXPECT_EQ(Open().error().code, Code::kCorrupt);
}

TEST_F(WitnessTest, FollowsARotationOnceItsOperatorAddedTheKey) {
  ASSERT_EQ(Ask(log_.Request(0, 10)).verdict, Verdict::kCosigned);
  const auto before = log_.Request(10, 12);
  log_.Turn("unit.example/nightjar/2026b", 'm');
  EXPECT_EQ(Ask(log_.Request(10, 20)).verdict, Verdict::kUnknownLog);
  keys_.push_back(log_.key());
  Reopen();
  EXPECT_EQ(Ask(log_.Request(0, 20)).text, "10\n") << "one tree, whatever the key is called";
  EXPECT_EQ(Ask(log_.Request(10, 20)).verdict, Verdict::kCosigned);
  EXPECT_EQ(Ask(before).verdict, Verdict::kUntrusted) << "the old key is past";
  Reopen();
  EXPECT_EQ(Ask(before).verdict, Verdict::kUntrusted);
  EXPECT_EQ(Ask(log_.Request(20, 30)).verdict, Verdict::kCosigned);
}

TEST_F(WitnessTest, SurvivesWhateverItIsSent) {
  ASSERT_EQ(Ask(log_.Request(0, 10)).verdict, Verdict::kCosigned);
  const std::string good = FormatAddCheckpoint(log_.Request(10, 77));
  SeededRandom random(1);
  for (std::size_t i = 0; i < good.size(); ++i) {
    EXPECT_NE(witness_->AddCheckpoint(good.substr(0, i)).verdict, Verdict::kCosigned) << "cut at " << i;
    std::string changed = good;
    changed[i] = static_cast<char>(changed[i] ^ (1 + random.Next() % 255));
    EXPECT_NE(witness_->AddCheckpoint(changed).verdict, Verdict::kCosigned) << "byte " << i;
  }
  EXPECT_EQ(witness_->AddCheckpoint(good).verdict, Verdict::kCosigned);
}

}  // namespace
}  // namespace nightjar::witness
