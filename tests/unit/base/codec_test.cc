// SPDX-License-Identifier: Apache-2.0
#include "base/codec.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace nightjar {
namespace {

using namespace std::string_literals;

Bytes Sample() {
  return Encoder().U8(7).U32(0x01020304).U64(1ULL << 63).I64(-2).Str("text\0!"s).Hash(Sha256("x")).Take();
}

struct Decoded {
  std::uint8_t u8;
  std::uint32_t u32;
  std::uint64_t u64;
  std::int64_t i64;
  std::string text;
  Digest hash;
  Status end;
};

Decoded Decode(ByteView bytes) {
  Decoder in(bytes);
  return {in.U8(), in.U32(), in.U64(), in.I64(), in.Str(100), in.Hash(), in.Finish("sample")};
}

TEST(Codec, ReadsBackWhatItWrote) {
  const Decoded read = Decode(Sample());
  EXPECT_TRUE(read.end);
  EXPECT_EQ(read.u8, 7);
  EXPECT_EQ(read.u32, 0x01020304U);
  EXPECT_EQ(read.u64, 1ULL << 63);
  EXPECT_EQ(read.i64, -2);
  EXPECT_EQ(read.text, "text\0!"s);
  EXPECT_EQ(read.hash, Sha256("x"));
}

TEST(Codec, IsLittleEndianWithTheLengthBeforeAString) {
  EXPECT_EQ(HexEncode(Encoder().U8(1).U32(2).Str("ab").Take()),
            "01"
            "02000000"
            "02000000"
            "6162");
}

TEST(Decoder, RefusesTheSampleCutAnywhere) {
  const Bytes whole = Sample();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Decoded read = Decode(ByteView(whole).substr(0, size));
    ASSERT_FALSE(read.end) << size;
    EXPECT_EQ(read.end.error().code, Code::kCorrupt);
  }
}

TEST(Decoder, RefusesBytesLeftOver) {
  const Decoded read = Decode(Sample() + "x");
  ASSERT_FALSE(read.end);
  EXPECT_EQ(read.end.error().text, "sample has bytes left over");
}

TEST(Decoder, RefusesALengthThatLies) {
  for (const std::uint32_t length : {4U, 5U, 0x7FFFFFFFU, 0xFFFFFFFFU}) {
    const Bytes row = Encoder().U32(length).Take() + "abc";
    Decoder in(row);
    EXPECT_EQ(in.Str(), "") << length;
    EXPECT_FALSE(in.ok()) << length;
  }
}

TEST(Decoder, RefusesAStringOverTheLimitOfItsReader) {
  const Bytes row = Encoder().Str("12345").Take();
  EXPECT_EQ(Decoder(row).View(5), "12345");
  Decoder in(row);
  EXPECT_EQ(in.View(4), "");
  EXPECT_FALSE(in.ok());
}

TEST(Decoder, RefusesACountThatTheRestCannotHold) {
  const Bytes row = Encoder().U32(3).Take() + "123456";
  EXPECT_EQ(Decoder(row).Count(10, 2), 3U);
  for (const auto& [most, each] : {std::pair<std::size_t, std::size_t>{2, 2}, {10, 3}}) {
    Decoder in(row);
    EXPECT_EQ(in.Count(most, each), 0U);
    EXPECT_FALSE(in.ok());
  }
  const Bytes huge = Encoder().U32(std::numeric_limits<std::uint32_t>::max()).Take();
  EXPECT_EQ(Decoder(huge).Count(std::numeric_limits<std::size_t>::max(), 1), 0U);
  EXPECT_EQ(Decoder(Encoder().U32(0).bytes()).Count(0, 0), 0U);
}

TEST(Decoder, StaysFailedAndGivesZeroValuesAfterABadRead) {
  const Bytes row = Encoder().U32(9).U64(5).Take();
  Decoder in(row);
  EXPECT_EQ(in.View(), "");  // nine bytes announced, eight there
  EXPECT_EQ(in.U64(), 0U);
  EXPECT_EQ(in.U8(), 0);
  EXPECT_EQ(in.Count(100), 0U);
  EXPECT_EQ(in.Hash(), Digest{});
  EXPECT_FALSE(in.Finish("row"));
}

TEST(BigEndianKey, SortsAsItsNumber) {
  const std::uint64_t numbers[] = {0, 1, 255, 256, 1ULL << 32, std::numeric_limits<std::uint64_t>::max()};
  Bytes previous;
  for (const std::uint64_t number : numbers) {
    const Bytes key = BigEndianKey(number);
    EXPECT_LT(previous, key) << number;
    EXPECT_EQ(FromBigEndianKey(key), number);
    previous = key;
  }
  EXPECT_EQ(FromBigEndianKey("short"), 0U);
}

}  // namespace
}  // namespace nightjar
