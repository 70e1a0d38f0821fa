// SPDX-License-Identifier: Apache-2.0
#include "archive/evidence/consistency_file.h"

#include <gtest/gtest.h>

#include "archive/evidence/proof.h"

namespace nightjar::evidence {
namespace {

const std::string kName = "unit.example/nightjar/2026a";
SigningKey LogKey() { return SigningKey::FromSeed(std::string(32, 'l')).value(); }
NoteKey Log() { return {kName, LogKey().public_key()}; }

// A log of two leaves, the second of which came later.
struct TwoLeaves {
  Digest first = LeafHash("first");
  Digest second = LeafHash("second");
  Checkpoint older{kName, 1, first};
  Checkpoint newer{kName, 2, NodeHash(first, second)};
  std::string text = FormatConsistencyFile({.hashes = {second}, .note = Sign(older, LogKey()).note});
};

TEST(ConsistencyFile, GivesTheOlderCheckpointThatItsLogBeganWith) {
  const TwoLeaves log;
  const auto older = CheckConsistencyFile(log.text, log.newer, Log());
  ASSERT_TRUE(older) << older.error().Format();
  EXPECT_EQ(older->checkpoint, log.older);
  EXPECT_EQ(FormatConsistencyFile(ParseConsistencyFile(log.text).value()), log.text);
}

TEST(ConsistencyFile, IsRefusedForAnotherLogAnotherKeyAndAnotherTree) {
  const TwoLeaves log;
  Checkpoint rewritten = log.newer;
  rewritten.root = NodeHash(LeafHash("other"), log.second);
  EXPECT_FALSE(CheckConsistencyFile(log.text, rewritten, Log()));
  const NoteKey stranger{kName, SigningKey::FromSeed(std::string(32, 'x')).value().public_key()};
  EXPECT_FALSE(CheckConsistencyFile(log.text, log.newer, stranger));
  EXPECT_FALSE(CheckConsistencyFile(log.text, log.older, Log())) << "the newer tree is no smaller";
}

TEST(ConsistencyFile, IsRefusedCutShortAnywhereOrWithAnyBitChanged) {
  const TwoLeaves log;
  for (std::size_t size = 0; size < log.text.size(); ++size)
    EXPECT_FALSE(CheckConsistencyFile(log.text.substr(0, size), log.newer, Log())) << size;
  for (std::size_t at = 0; at < log.text.size(); ++at) {
    std::string changed = log.text;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_FALSE(CheckConsistencyFile(changed, log.newer, Log())) << at;
  }
}

TEST(ConsistencyFile, HoldsNoMoreHashesThanATreeCanNeed) {
  const TwoLeaves log;
  const std::string note = Sign(log.older, LogKey()).note;
  EXPECT_TRUE(
      ParseConsistencyFile(FormatConsistencyFile({.hashes = std::vector<Digest>(128), .note = note})));
  EXPECT_FALSE(
      ParseConsistencyFile(FormatConsistencyFile({.hashes = std::vector<Digest>(129), .note = note})));
}

}  // namespace
}  // namespace nightjar::evidence
