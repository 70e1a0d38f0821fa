// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/encodings.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/digest.h"
#include "sandbox/parse/charset.h"
#include "sandbox/parse/text.h"

namespace nightjar::parse {
namespace {

std::string Decode(std::string_view label, const Bytes& bytes) {
  const Encoding* encoding = EncodingFor(label);
  return encoding == nullptr ? "no such label" : ToText(*encoding, bytes).utf8;
}

// All 256 bytes, each decoded alone.
std::string EveryByte(std::string_view label) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += Decode(label, Bytes(1, static_cast<char>(byte)));
  return all;
}

// SHA-256 (its first half) over the 256 characters in UTF-8, made of the Standard's own index files
// (encoding.spec.whatwg.org, index-<name>.txt; U+FFFD where a byte has no entry).
const std::map<std::string, std::string> kSingleByte = {
    {"ibm866", "3c8cc5cb485f93d2"},        {"iso-8859-2", "a5871b0f978b840b"},
    {"iso-8859-3", "e83895f2b7d7b82b"},    {"iso-8859-4", "449076e20ebf45eb"},
    {"iso-8859-5", "9f31ddc0f7444afa"},    {"iso-8859-6", "beba4e6cf97dce83"},
    {"iso-8859-7", "71069977a6798ab7"},    {"iso-8859-8", "b43535e7aaeb7bcf"},
    {"iso-8859-8-i", "b43535e7aaeb7bcf"},  {"iso-8859-10", "282514fbd01219c4"},
    {"iso-8859-13", "4426f6d2f1b025cd"},   {"iso-8859-14", "f03afb7e01e66cac"},
    {"iso-8859-15", "9b58b26dbd8fbff2"},   {"iso-8859-16", "2de1faef4dc524c9"},
    {"koi8-r", "fb0243455e64ef70"},        {"koi8-u", "896c218aaf12ca1b"},
    {"macintosh", "54112bce885d7b1a"},     {"windows-874", "6a2c7940c3d68216"},
    {"windows-1250", "03772ed2e875bd12"},  {"windows-1251", "b16600cf4e6d1a2d"},
    {"windows-1252", "cc916e51644a12e8"},  {"windows-1253", "e4570135cbc6e3d5"},
    {"windows-1254", "4a8e99647c3e28e6"},  {"windows-1255", "870c5c5e687fabcd"},
    {"windows-1256", "6f6e8626197b1b6b"},  {"windows-1257", "d19a4e888879e36a"},
    {"windows-1258", "e79b48db126bc71d"},  {"x-mac-cyrillic", "784db55e1c90195e"},
    {"x-user-defined", "fb4341fe90799717"}};

const std::set<std::string> kOthers = {"utf-8",    "gbk",      "gb18030",     "big5",
                                       "euc-jp",   "euc-kr",   "iso-2022-jp", "shift_jis",
                                       "utf-16be", "utf-16le", "replacement"};

TEST(Encodings, ReadEveryByteOfEverySingleByteEncodingAsTheStandardDoes) {
  for (const auto& [name, digest] : kSingleByte)
    EXPECT_EQ(Sha256(EveryByte(name)).Hex().substr(0, 16), digest) << name;
}

TEST(Encodings, AreAllOfTheStandardUnderAllItsLabels) {
  std::set<std::string> names;
  for (const std::string_view label : EncodingLabels()) {
    ASSERT_NE(EncodingFor(label), nullptr) << label;
    names.emplace(EncodingFor(label)->name);
  }
  EXPECT_EQ(EncodingLabels().size(), 228U);
  std::set<std::string> expected = kOthers;
  for (const auto& [name, digest] : kSingleByte) expected.insert(name);
  EXPECT_EQ(names, expected);
}

TEST(Encodings, OfManyBytesReadAsTheStandardDoes) {
  struct Sample {
    const char* label;
    Bytes bytes;
    std::string text;
  };
  const Sample samples[] = {
      {"utf-8", "\xD0\x9F", "П"},
      {"gbk", "\xD6\xD0\xCE\xC4 \x80", "中文 €"},
      {"gb2312", "\xD6\xD0\xCE\xC4", "中文"},
      {"gb18030", "\xD6\xD0\xCE\xC4 \x95\x32\x82\x36", "中文 𠀀"},
      {"big5", "\xA4\xA4\xA4\xE5 \x87\x40", "中文 䏰"},
      {"euc-jp", "\xC6\xFC\xCB\xDC\xB8\xEC \x8E\xCA \x8F\xB0\xA1", "日本語 ﾊ 丂"},
      {"iso-2022-jp", "\x1B\x24\x42\x46\x7C\x4B\x5C\x38\x6C\x1B\x28\x42 ok", "日本語 ok"},
      {"shift_jis", "\xCA\xDD \x5C \x7E \x93\xFA", "ﾊﾝ \\ ~ 日"},  // 0x5C stays a backslash, no yen sign
      {"euc-kr", "\xC7\xD1\xB1\xB9\xBE\xEE \x81\x41", "한국어 갂"},
      {"utf-16le", Bytes("\x1F\x04\x40\xD8\x00\xDC", 6), "П𠀀"},
      {"utf-16be", Bytes("\x04\x1F\xD8\x40\xDC\x00", 6), "П𠀀"},
      {"replacement", "<script>", "\xEF\xBF\xBD"},
  };
  std::set<std::string> seen;
  for (const Sample& sample : samples) {
    EXPECT_EQ(Decode(sample.label, sample.bytes), sample.text) << sample.label;
    seen.emplace(EncodingFor(sample.label)->name);
  }
  EXPECT_EQ(seen, kOthers);
}

TEST(Encodings, TakeLatinLabelsForWhatTheWebMeansByThem) {
  for (const char* label : {"iso-8859-1", "us-ascii", "ascii", "latin1", " ISO-8859-1\n"})
    EXPECT_EQ(Decode(label, "\x80\x93"), "€“") << label;
  EXPECT_EQ(Decode("iso-8859-9", "\xFD"), "ı");
  EXPECT_EQ(Decode("tis-620", "\x80"), "€");
}

// A lead byte whose second byte is missing must not take the tag behind it along.
TEST(Encodings, NeverSwallowATagBehindABrokenCharacter) {
  for (const char* label : {"gbk", "gb18030", "big5", "euc-jp", "shift_jis", "euc-kr", "utf-8"}) {
    for (int lead = 0x80; lead < 256; ++lead) {
      const std::string text = Decode(label, Bytes(1, static_cast<char>(lead)) + "<b title=\"x\">");
      EXPECT_TRUE(text.ends_with("<b title=\"x\">")) << label << " " << lead << " " << text;
    }
  }
}

// Spans of facts are ranges of the captured bytes: every character must find its way back, in every encoding.
TEST(Encodings, KeepTheWayBackToTheBytes) {
  const Bytes before("\xD6\xD0\x80\xA1\xFE", 5);
  for (const std::string_view label : EncodingLabels()) {
    const Encoding* encoding = EncodingFor(label);
    if (encoding->name == "replacement" || encoding->name.starts_with("utf-16")) continue;
    const Bytes bytes = Bytes(before).append("  MARK").append(before).append("  END");
    const Text text = ToText(*encoding, bytes);
    ASSERT_TRUE(IsValidUtf8(text.utf8)) << label;
    for (const char* word : {"MARK", "END"}) {
      const std::size_t at = text.utf8.find(word);
      ASSERT_NE(at, std::string::npos) << label;
      EXPECT_EQ(text.offsets.ToBytes(static_cast<std::uint32_t>(at)), bytes.find(word)) << label;
    }
  }
  const Bytes wide("a\0\x1F\x04M\0A\0R\0K\0", 12);
  const Text text = ToText(*EncodingFor("utf-16le"), wide);
  EXPECT_EQ(text.offsets.ToBytes(static_cast<std::uint32_t>(text.utf8.find("MARK"))), 4U);
}

}  // namespace
}  // namespace nightjar::parse
