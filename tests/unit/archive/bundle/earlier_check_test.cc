// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/earlier_check.h"

#include <gtest/gtest.h>

namespace nightjar::bundle {
namespace {

evidence::Checkpoint Tree(std::uint64_t size, const std::string& root = "as it was") {
  return {.origin = "unit.example/nightjar/2026a", .size = size, .root = Sha256(root)};
}

TEST(EarlierCheck, AcceptsALogThatGoesOn) {
  EXPECT_EQ(CheckEarlier(Tree(4), Tree(8), Tree(4)).value(),
            "the log of the earlier bundle (4 leaves) is the beginning of this one");
  EXPECT_EQ(CheckEarlier(Tree(8), Tree(8), std::nullopt).value(),
            "the earlier bundle has the same log (8 leaves)");
}

TEST(EarlierCheck, RefusesALogThatWasRewrittenOrShowsNothing) {
  EXPECT_EQ(CheckEarlier(Tree(4, "other"), Tree(8), Tree(4)).error().where, "proofs/consistency-from-4");
  EXPECT_EQ(CheckEarlier(Tree(4), Tree(8), std::nullopt).error().where, "proofs/consistency-from-4");
  EXPECT_EQ(CheckEarlier(Tree(4), Tree(8), Tree(5)).error().where, "proofs/consistency-from-4");
  EXPECT_EQ(CheckEarlier(Tree(8, "other"), Tree(8), std::nullopt).error().where, "checkpoint");
  EXPECT_EQ(CheckEarlier(Tree(9), Tree(8), Tree(4)).error().where, "checkpoint");
}

}  // namespace
}  // namespace nightjar::bundle
