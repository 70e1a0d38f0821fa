// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/text.h"

#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include <map>

#include "sandbox/parse/charset.h"

namespace nightjar::parse {
namespace {

std::string NameFor(std::string_view content_type, ByteView body) {
  return std::string(DecideEncoding(content_type, body)->name);
}

// The inverse of ToText(), for a text all of whose characters the encoding has.
Bytes ToEncoding(const std::string& name, const std::string& utf8) {
  UErrorCode error = U_ZERO_ERROR;
  Bytes bytes(4 * utf8.size(), '\0');
  const int32_t size =
      ucnv_convert(EncodingFor(name)->converter, "utf-8", bytes.data(), static_cast<int32_t>(bytes.size()),
                   utf8.data(), static_cast<int32_t>(utf8.size()), &error);
  EXPECT_TRUE(U_SUCCESS(error)) << name;
  bytes.resize(static_cast<std::size_t>(std::max(size, 0)));
  return bytes;
}

TEST(Charset, AsksMarkThenHeaderThenMetaThenTheBytes) {
  const std::string meta = "<head><meta charset=koi8-r>\xC1</head>";
  EXPECT_EQ(NameFor("text/html; charset=windows-1251", "\xEF\xBB\xBF" + meta), "utf-8");
  EXPECT_EQ(NameFor("text/html; charset=windows-1251", meta), "windows-1251");
  EXPECT_EQ(NameFor("text/html", meta), "koi8-r");
  EXPECT_EQ(NameFor("text/html", "caf\xC3\xA9"), "utf-8");
  EXPECT_EQ(NameFor("text/html", "caf\xE9"), "windows-1252");
}

TEST(Charset, ReadsTheOldMetaAndQuotedLabels) {
  EXPECT_EQ(NameFor("", "<meta http-equiv='Content-Type' content='text/html; charset=Shift_JIS'>"),
            "shift_jis");
  EXPECT_EQ(NameFor("text/html; charset=\"ISO-8859-1\"", ""), "windows-1252");
  EXPECT_EQ(NameFor("text/html; charset=nonsense", "<meta charset=gb2312>"), "gbk");
}

TEST(Charset, DoesNotBelieveAMetaThatSaysUtf16OrComesTooLate) {
  EXPECT_EQ(NameFor("", "<meta charset=utf-16le>"), "utf-8");
  EXPECT_EQ(NameFor("", std::string(1100, ' ') + "<meta charset=koi8-r>"), "utf-8");
}

// What nobody declared is told by its letters; each text is first put into the encoding it shall be found in.
TEST(Charset, GuessesWhatNobodyDeclaredFromTheLettersOfThePage) {
  for (const auto& [name, words] : std::map<std::string, std::string>{
           {"windows-1251",
            "Это обычный текст на русском языке: мы продаём синие керамические совы и отправляем их почтой "
            "каждый день"},
           {"koi8-r",
            "Это обычный текст на русском языке: мы продаём синие керамические совы и отправляем их почтой "
            "каждый день"},
           {"shift_jis", "これは普通の日本語の文章です。青い陶器のふくろうを毎日郵便で送ります。"},
           {"euc-jp", "これは普通の日本語の文章です。青い陶器のふくろうを毎日郵便で送ります。"},
           {"gb18030", "这是一段普通的中文文字，我们每天通过邮局寄出蓝色的陶瓷猫头鹰，欢迎大家订购。"},
           {"big5", "這是一段普通的中文文字，我們每天通過郵局寄出藍色的陶瓷貓頭鷹，歡迎大家訂購。"},
           {"euc-kr", "이것은 평범한 한국어 문장입니다. 우리는 매일 파란 도자기 올빼미를 우편으로 보냅니다."},
       }) {
    const Bytes page = "<html><body><p>" + ToEncoding(name, words) + "</p></body></html>";
    ASSERT_FALSE(IsValidUtf8(page)) << name;
    EXPECT_EQ(NameFor("text/html", page), name);
    EXPECT_NE(ToText(*DecideEncoding("text/html", page), page).utf8.find(words), std::string::npos) << name;
  }
}

TEST(Charset, DoesNotGuessFromAHandfulOfBytes) {
  EXPECT_EQ(NameFor("text/html", "caf\xE9 na\xEFve \xA3 5"), "windows-1252");
  EXPECT_EQ(NameFor("text/html", "<p>\xFF\xFF\xFF\xFF"), "windows-1252");
}

struct Converted {
  const char* label;
  Bytes bytes;
  std::string text;
};

TEST(Text, ConvertsToUtf8) {
  const Converted cases[] = {{"windows-1251", "\xCF\xF0\xE8\xE2\xE5\xF2", "Привет"},
                             {"windows-1252", "\x80 5,00 \x81", "€ 5,00 \xC2\x81"},
                             {"shift_jis", "\x93\xFA\x96\x7B", "日本"},
                             {"gb18030", "\x81\x30\x81\x30", "\xC2\x80"},
                             {"big5", "\xA4\xA4\xA4\xE5", "中文"},
                             {"utf-16le", Bytes("\xFF\xFEh\0i\0", 6), "hi"},
                             {"utf-8", "\xEF\xBB\xBFhi", "hi"}};
  for (const Converted& one : cases)
    EXPECT_EQ(ToText(*EncodingFor(one.label), one.bytes).utf8, one.text) << one.label;
}

TEST(Text, ReplacesWhatIsNoCharacter) {
  EXPECT_EQ(ToText(*EncodingFor("utf-8"), "a\xFFz").utf8, "a\xEF\xBF\xBDz");
  EXPECT_EQ(ToText(*EncodingFor("utf-8"), "a\xC0\x80z").utf8, "a\xEF\xBF\xBD\xEF\xBF\xBDz");
  EXPECT_EQ(ToText(*EncodingFor("replacement"), "anything").utf8, "\xEF\xBF\xBD");
  EXPECT_TRUE(IsValidUtf8(ToText(*EncodingFor("utf-16le"), Bytes("\x00\xD8x", 3)).utf8));
}

TEST(Text, FindsEveryCharacterAgainInTheBytes) {
  const Bytes bytes = "Price \xF6\xE5\xED\xE0: 5 \x88 end";  // "Price цена: 5 € end"
  const Text text = ToText(*EncodingFor("windows-1251"), bytes);
  ASSERT_EQ(text.utf8, "Price цена: 5 € end");
  std::uint32_t at_byte = 0;
  for (std::uint32_t at = 0; at < text.utf8.size(); ++at) {
    if ((static_cast<unsigned char>(text.utf8[at]) & 0xC0) == 0x80) continue;
    EXPECT_EQ(text.offsets.ToBytes(at), at_byte++) << at;
  }
  EXPECT_EQ(text.offsets.ToBytes(static_cast<std::uint32_t>(text.utf8.size())), bytes.size());
}

TEST(Text, FindsCharactersBehindAByteOrderMarkAndBrokenBytes) {
  const Text marked = ToText(*EncodingFor("utf-8"), "\xEF\xBB\xBFhi");
  EXPECT_EQ(marked.offsets.ToBytes(1), 4U);
  const Text broken = ToText(*EncodingFor("utf-8"), "a\xFFz");
  EXPECT_EQ(broken.offsets.ToBytes(4), 2U);  // the z: U+FFFD is three bytes of text and one of body
}

}  // namespace
}  // namespace nightjar::parse
