// SPDX-License-Identifier: Apache-2.0
#include "crawler/surroundings.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "archive/consensus/consensus.h"
#include "base/digest.h"
#include "base/file.h"

namespace nightjar::crawler {
namespace {

const std::string kDocument =
    "network-status-version 3 microdesc\nvote-status consensus\nvalid-after 2026-01-31 12:00:00\n";
const std::string kDescription =
    "sha256=" + Sha256(kDocument).Hex() + " valid-after=2026-01-31T12:00:00.000000Z";

TEST(Surroundings, DescribesAConsensusByDigestAndValidAfter) {
  EXPECT_EQ(DescribeConsensus(kDocument), kDescription);
}

TEST(Surroundings, CallsAnythingElseUnknown) {
  EXPECT_EQ(DescribeConsensus(""), "unknown");
  EXPECT_EQ(DescribeConsensus("\nvalid-after 2026"), "unknown");
  EXPECT_EQ(DescribeConsensus("\nvalid-after 2026-13-31 12:00:00\n"), "unknown");
}

TEST(Surroundings, KnowsOneOfThreeClockStates) {
  const std::string state = ReadClockState();
  EXPECT_TRUE(state == "synchronised" || state == "unsynchronised" || state == "unknown") << state;
}

TEST(ConsensusFile, IsReadAgainAfterAMinute) {
  const std::string path = ::testing::TempDir() + "consensus-test";
  std::filesystem::remove(path);
  ManualClock clock;
  ConsensusFile file(path);
  EXPECT_EQ(file.Describe(clock.Mono()), "unknown");
  ASSERT_TRUE(WriteFileDurably(path, kDocument));
  clock.Advance(std::chrono::seconds(59));
  EXPECT_EQ(file.Describe(clock.Mono()), "unknown");
  clock.Advance(std::chrono::seconds(1));
  EXPECT_EQ(file.Describe(clock.Mono()), kDescription);
  std::filesystem::remove(path);
}

TEST(ConsensusFile, KeepsEachDocumentForExports) {
  const std::string path = ::testing::TempDir() + "consensus-kept";
  const std::string folder = ::testing::TempDir() + "consensus-kept.d";
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(WriteFileDurably(path, kDocument));
  ManualClock clock;
  EXPECT_EQ(ConsensusFile(path, folder).Describe(clock.Mono()), kDescription);
  EXPECT_EQ(consensus::Store(folder).Get(Sha256(kDocument)).value(), kDocument);
  EXPECT_EQ(NoteConsensus("no consensus", folder), "unknown");
  EXPECT_EQ(NoteConsensus(kDocument, "/proc/no/such/folder"), kDescription) << "the record is as good";
  std::filesystem::remove(path);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace nightjar::crawler
