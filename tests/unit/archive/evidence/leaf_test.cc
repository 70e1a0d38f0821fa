// SPDX-License-Identifier: Apache-2.0
#include "archive/evidence/leaf.h"

#include <gtest/gtest.h>

namespace nightjar::evidence {
namespace {

TEST(Leaf, IsThreeLinesThatNameNothing) {
  const Leaf leaf{LeafKind::kRejected, 1767225600, Sha256("x")};
  const std::string text = FormatLeaf(leaf);
  EXPECT_EQ(text, "nightjar-leaf/v1\nrejected 1767225600\n" + Sha256("x").Hex() + "\n");
  const auto parsed = ParseLeaf(text);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->kind, LeafKind::kRejected);
  EXPECT_EQ(FormatLeaf(*parsed), text);
}

TEST(Leaf, RefusesEverythingThatWouldBeWrittenOtherwise) {
  const std::string hex = Sha256("x").Hex();
  for (const std::string& text :
       {std::string(), "nightjar-leaf/v1\ncapture 1\n" + hex, "nightjar-leaf/v1\ncapture 1\n" + hex + "\n\n",
        "nightjar-leaf/v2\ncapture 1\n" + hex + "\n", "nightjar-leaf/v1\nCapture 1\n" + hex + "\n",
        "nightjar-leaf/v1\ncapture 01\n" + hex + "\n", "nightjar-leaf/v1\ncapture -1\n" + hex + "\n",
        "nightjar-leaf/v1\ncapture\n" + hex + "\n", "nightjar-leaf/v1\ncapture 1\n" + hex.substr(1) + "\n",
        "nightjar-leaf/v1\ncapture 9223372036854775808\n" + hex + "\n"})
    EXPECT_FALSE(ParseLeaf(text)) << text;
}

TEST(Leaf, CommitsToTheRecordUnderItsSalt) {
  const Digest salt = Sha256("salt");
  const Digest record = Sha256("record");
  Bytes by_hand = "nightjar-commit/v1\n";
  by_hand.append(salt.View()).append(record.View());
  EXPECT_EQ(Commitment(salt, record), Sha256(by_hand));
  EXPECT_NE(Commitment(record, salt), Sha256(by_hand));
}

}  // namespace
}  // namespace nightjar::evidence
