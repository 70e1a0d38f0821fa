// SPDX-License-Identifier: Apache-2.0
#include "archive/store/compression.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace nightjar::store {
namespace {

constexpr std::size_t kLimit = 1 << 20;

TEST(Compression, GivesBackEveryKindOfBytes) {
  Compressor compressor;
  SeededRandom random(1);
  for (const Bytes& plain : {Bytes(), Bytes("x"), Bytes(100000, 'a'), random.Take(5000)}) {
    const auto unpacked = Unpack(compressor.Pack(plain), kLimit);
    ASSERT_TRUE(unpacked);
    EXPECT_EQ(*unpacked, plain);
  }
}

TEST(Compression, MakesTextSmallAndNeverGrowsNoiseByMoreThanAByte) {
  Compressor compressor;
  SeededRandom random(1);
  EXPECT_LT(compressor.Pack(Bytes(100000, 'a')).size(), 100U);
  EXPECT_EQ(compressor.Pack(random.Take(5000)).size(), 5001U);
}

TEST(Compression, RefusesDamageAndOversizeInsteadOfGuessing) {
  const Bytes packed = Compressor().Pack(Bytes(100000, 'a'));
  EXPECT_EQ(Unpack(packed, 99999).error().code, Code::kCorrupt);
  EXPECT_EQ(Unpack("rabc", 2).error().code, Code::kCorrupt);
  EXPECT_EQ(Unpack("", kLimit).error().code, Code::kCorrupt);
  EXPECT_EQ(Unpack("x", kLimit).error().code, Code::kCorrupt);
  EXPECT_EQ(Unpack("znothing", kLimit).error().code, Code::kCorrupt);
  EXPECT_EQ(Unpack(packed.substr(0, packed.size() - 1), kLimit).error().code, Code::kCorrupt);
  EXPECT_EQ(Unpack(packed + "x", kLimit).error().code, Code::kCorrupt);
}

}  // namespace
}  // namespace nightjar::store
