// SPDX-License-Identifier: Apache-2.0
#include "base/bytes.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace nightjar {
namespace {

using namespace std::string_literals;

Bytes EveryByte() {
  Bytes all;
  for (int byte = 0; byte < 256; ++byte) all.push_back(static_cast<char>(byte));
  return all;
}

TEST(Bytes, SurviveARoundTripThroughEveryEncoding) {
  for (const Bytes& bytes : {Bytes(), "\0"s, "a"s, "ab"s, "abc"s, "abcd"s, "abcde"s, EveryByte()}) {
    EXPECT_EQ(HexDecode(HexEncode(bytes)).value(), bytes);
    EXPECT_EQ(Base64Decode(Base64Encode(bytes)).value(), bytes);
    EXPECT_EQ(Base32Decode(Base32Encode(bytes)).value(), bytes);
  }
}

// RFC 4648, section 10; base32 without padding and in lower case, as onion addresses have it.
TEST(Bytes, EncodeAsTheVectorsOfRfc4648) {
  const std::pair<const char*, const char*> base64[] = {{"", ""},
                                                        {"f", "Zg=="},
                                                        {"fo", "Zm8="},
                                                        {"foo", "Zm9v"},
                                                        {"foob", "Zm9vYg=="},
                                                        {"fooba", "Zm9vYmE="},
                                                        {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : base64) EXPECT_EQ(Base64Encode(plain), encoded);
  const std::pair<const char*, const char*> base32[] = {{"f", "my"},           {"fo", "mzxq"},
                                                        {"foo", "mzxw6"},      {"foob", "mzxw6yq"},
                                                        {"fooba", "mzxw6ytb"}, {"foobar", "mzxw6ytboi"}};
  for (const auto& [plain, encoded] : base32) EXPECT_EQ(Base32Encode(plain), encoded);
  EXPECT_EQ(HexEncode("foobar"), "666f6f626172");
}

TEST(Bytes, HaveOneHexSpellingOnly) {
  for (const auto* text : {"0", "0A", "0g", " 00", "0x00"}) EXPECT_FALSE(HexDecode(text)) << text;
}

TEST(Bytes, HaveOneBase64SpellingOnly) {
  for (const auto* text :
       {"Zg", "Zg=", "Zh==", "Zm9=", "Z===", "====", "Zg==Zg==", "Zm9v\n", "Zm-_", "=Zg="}) {
    EXPECT_FALSE(Base64Decode(text)) << text;
  }
}

TEST(Bytes, HaveOneBase32SpellingOnly) {
  for (const auto* text : {"m", "mz1", "mzxw6yr", "MY", "my======", "mzx", "mzxw6y"}) {
    EXPECT_FALSE(Base32Decode(text)) << text;
  }
}

// Unicode Standard, table 3-7: shortest forms only, no surrogates, nothing above U+10FFFF.
TEST(Utf8, IsValidExactlyInTheRangesOfTheStandard) {
  for (const auto& text : {""s, "plain"s, "\0"s, "\xC2\x80"s, "\xDF\xBF"s, "\xE0\xA0\x80"s, "\xED\x9F\xBF"s,
                           "\xEE\x80\x80"s, "\xF0\x90\x80\x80"s, "\xF4\x8F\xBF\xBF"s, "12345678\xC2\x80"s}) {
    EXPECT_TRUE(IsValidUtf8(text)) << HexEncode(text);
  }
  for (const auto& text :
       {"\x80"s, "\xBF"s, "\xC0\x80"s, "\xC1\xBF"s, "\xC2"s, "\xC2\x7F"s, "\xE0\x9F\xBF"s, "\xE1\x80"s,
        "\xED\xA0\x80"s, "\xED\xBF\xBF"s, "\xF0\x8F\xBF\xBF"s, "\xF1\x80\x80"s, "\xF4\x90\x80\x80"s,
        "\xF5\x80\x80\x80"s, "\xFF"s, "12345678\x80"s, "1234567\xC2"s}) {
    EXPECT_FALSE(IsValidUtf8(text)) << HexEncode(text);
  }
}

TEST(Utf8, IsMadeValidWithOneReplacementForEachBadRun) {
  EXPECT_EQ(ToValidUtf8("a\xFF\xFE\x80 b"), "a\xEF\xBF\xBD b");
  EXPECT_EQ(ToValidUtf8("\xFF x \xC2"), "\xEF\xBF\xBD x \xEF\xBF\xBD");
  EXPECT_EQ(ToValidUtf8("caf\xC3\xA9\0!"s), "caf\xC3\xA9\0!"s);
  EXPECT_TRUE(IsValidUtf8(ToValidUtf8(EveryByte())));
}

TEST(Utf8, IsNeverCutInsideACharacter) {
  const std::string text = "a\xC3\xA9\xF0\x9F\x94\xA5z";  // 1, 2, 4 and 1 bytes
  const std::size_t expected[] = {0, 1, 1, 3, 3, 3, 3, 7, 8, 8};
  for (std::size_t most = 0; most < std::size(expected); ++most) {
    EXPECT_EQ(Utf8Prefix(text, most).size(), expected[most]) << most;
  }
}

}  // namespace
}  // namespace nightjar
