// SPDX-License-Identifier: Apache-2.0
// The Merkle functions of verify.py against the reference vectors. (Those of C++ are tested in
// archive/evidence.)
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/contract/command.h"

namespace nightjar::contract {
namespace {

TEST(VerifyScript, AgreesWithEveryReferenceVectorOfMerkleProofs) {
  const std::string vectors = NIGHTJAR_SOURCE "/../shared/vectors/merkle";
  if (!std::filesystem::exists(vectors)) GTEST_SKIP() << "no reference vectors at " << vectors;
  const auto run =
      RunIn(NIGHTJAR_SOURCE, "python3 tests/contract/merkle_vectors.py archive/bundle/verify.py " + vectors);
  EXPECT_EQ(run.exit_status, 0);
  EXPECT_EQ(run.output, "accepted 12, refused 184, wrong []\n");
}

}  // namespace
}  // namespace nightjar::contract
