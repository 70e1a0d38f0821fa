// SPDX-License-Identifier: Apache-2.0
#include "crawler/tor_control/words.h"

#include <gtest/gtest.h>

namespace nightjar::tor_control {
namespace {

TEST(Words, ArePlainOrNamed) {
  const Words words = SplitWords("28 BUILT $A~x,$B=y PURPOSE=HS_CLIENT_REND  FLAGS=a,b");
  EXPECT_EQ(words.At(0), "28");
  EXPECT_EQ(words.At(2), "$A~x,$B=y") << "the older form of a hop is no KEY=value";
  EXPECT_EQ(words.At(3), "");
  EXPECT_EQ(words.Of("PURPOSE"), "HS_CLIENT_REND");
  EXPECT_EQ(words.Of("FLAGS"), "a,b");
  EXPECT_EQ(words.Of("NONE"), "");
}

TEST(Words, TakeQuotesOffAndEscapesApart) {
  const Words words =
      SplitWords(R"(AUTH FILE="/a b/\"c\"\\" USER="\303\244\n\t\x" "two words" EMPTY="" N=1)");
  EXPECT_EQ(words.Of("FILE"), "/a b/\"c\"\\");
  EXPECT_EQ(words.Of("USER"), "\xC3\xA4\n\tx");
  EXPECT_EQ(words.At(1), "two words");
  EXPECT_TRUE(words.named.contains("EMPTY"));
  EXPECT_EQ(words.Of("N"), "1");
}

TEST(Words, KeepTheFirstOfEqualKeys) { EXPECT_EQ(SplitWords("A=1 A=2").Of("A"), "1"); }

TEST(Words, EndWithTheLineWhateverItHolds) {
  EXPECT_EQ(SplitWords("A=\"no end").Of("A"), "no end");
  EXPECT_EQ(SplitWords("A=\"end\\").Of("A"), "end\\");
  EXPECT_EQ(SplitWords("=x").At(0), "=x");
  EXPECT_EQ(SplitWords("A=").Of("A"), "");
  EXPECT_TRUE(SplitWords("   ").plain.empty());
  EXPECT_EQ(SplitWords("\"").plain.size(), 1U);
}

}  // namespace
}  // namespace nightjar::tor_control
