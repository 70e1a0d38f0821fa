// SPDX-License-Identifier: Apache-2.0
#include "base/random.h"

#include <gtest/gtest.h>

#include <set>

namespace nightjar {
namespace {

TEST(SeededRandom, RepeatsItselfFromTheSameSeed) {
  SeededRandom first(42);
  SeededRandom second(42);
  SeededRandom other(43);
  const Bytes bytes = first.Take(100);
  EXPECT_EQ(bytes.size(), 100U);
  EXPECT_EQ(second.Take(100), bytes);
  EXPECT_NE(other.Take(100), bytes);
}

// The reference implementation of SplitMix64 (Vigna, 2015) from seed 1234567.
TEST(SeededRandom, IsSplitMix64) {
  SeededRandom random(1234567);
  for (const std::uint64_t expected : {6457827717110365317ULL, 3203168211198807973ULL, 9817491932198370423ULL,
                                       4593380528125082431ULL, 16408922859458223821ULL}) {
    EXPECT_EQ(random.Next(), expected);
  }
}

TEST(Random, GivesUnitValuesInTheHalfOpenInterval) {
  SeededRandom random(1);
  double sum = 0;
  for (int i = 0; i < 10000; ++i) {
    const double value = random.Unit();
    ASSERT_GE(value, 0.0);
    ASSERT_LT(value, 1.0);
    sum += value;
  }
  EXPECT_NEAR(sum / 10000, 0.5, 0.02);
}

TEST(SystemRandom, GivesAsManyBytesAsAskedForAndNeverTheSame) {
  EXPECT_EQ(SystemRandom().Take(0).size(), 0U);
  EXPECT_EQ(SystemRandom().Take(1000).size(), 1000U);
  std::set<Bytes> seen;
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(seen.insert(SystemRandom().Take(16)).second);
}

}  // namespace
}  // namespace nightjar
