// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/encodings.h"

#include <string>
#include <unordered_map>

#include "sandbox/parse/ascii.h"

namespace nightjar::parse {
namespace {

struct Row {
  Encoding encoding;
  std::string_view labels;  // blank-separated
};

// clang-format off
constexpr Repair kIbm866[] = {{0x1A, 0x1A, 0x1A}, {0x1C, 0x1C, 0x1C}, {0x7F, 0x7F, 0x7F}};  // ICU: DOS's own order
constexpr Repair kKoi8U[] = {{0xAE, 0xAE, 0x045E}, {0xBE, 0xBE, 0x040E}};  // Belarusian short u
constexpr Repair kWindows874[] = {{0xDB, 0xDE, 0xFFFD}, {0xFC, 0xFF, 0xFFFD}};
constexpr Repair kWindows1253[] = {{0xAA, 0xAA, 0xFFFD}};
constexpr Repair kWindows1255[] = {{0xCA, 0xCA, 0x05BA}};
constexpr Repair kGb[] = {{0x80, 0x80, 0x20AC}, {0xFF, 0xFF, 0xFFFD}};  // the euro sign of Windows
constexpr Repair kShiftJis[] = {{0x1A, 0x1A, 0x1A}, {0x1C, 0x1C, 0x1C}, {0x7F, 0x7F, 0x7F}, {0x80, 0x80, 0x80}};
constexpr Repair kEucJp[] = {{0x80, 0x8D, 0xFFFD}, {0x90, 0x9F, 0xFFFD}};
constexpr Repair kEucKr[] = {{0x80, 0x80, 0xFFFD}, {0xFF, 0xFF, 0xFFFD}};
constexpr Repair kUserDefined[] = {{0x80, 0xFF, 0xF780}};
constexpr Repair kIso8859With16[] = {  // over iso-8859-1: ICU has no table of iso-8859-16
    {0xA1, 0xA1, 0x0104}, {0xA2, 0xA2, 0x0105}, {0xA3, 0xA3, 0x0141}, {0xA4, 0xA4, 0x20AC},
    {0xA5, 0xA5, 0x201E}, {0xA6, 0xA6, 0x0160}, {0xA8, 0xA8, 0x0161}, {0xAA, 0xAA, 0x0218},
    {0xAC, 0xAC, 0x0179}, {0xAE, 0xAE, 0x017A}, {0xAF, 0xAF, 0x017B}, {0xB2, 0xB2, 0x010C},
    {0xB3, 0xB3, 0x0142}, {0xB4, 0xB4, 0x017D}, {0xB5, 0xB5, 0x201D}, {0xB8, 0xB8, 0x017E},
    {0xB9, 0xB9, 0x010D}, {0xBA, 0xBA, 0x0219}, {0xBC, 0xBC, 0x0152}, {0xBD, 0xBD, 0x0153},
    {0xBE, 0xBE, 0x0178}, {0xBF, 0xBF, 0x017C}, {0xC3, 0xC3, 0x0102}, {0xC5, 0xC5, 0x0106},
    {0xD0, 0xD0, 0x0110}, {0xD1, 0xD1, 0x0143}, {0xD5, 0xD5, 0x0150}, {0xD7, 0xD7, 0x015A},
    {0xD8, 0xD8, 0x0170}, {0xDD, 0xDD, 0x0118}, {0xDE, 0xDE, 0x021A}, {0xE3, 0xE3, 0x0103},
    {0xE5, 0xE5, 0x0107}, {0xF0, 0xF0, 0x0111}, {0xF1, 0xF1, 0x0144}, {0xF5, 0xF5, 0x0151},
    {0xF7, 0xF7, 0x015B}, {0xF8, 0xF8, 0x0171}, {0xFD, 0xFD, 0x0119}, {0xFE, 0xFE, 0x021B},
};

constexpr Row kRows[] = {
    {{"utf-8", "utf-8"}, "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8"},
    {{"ibm866", "ibm-866", kIbm866}, "866 cp866 csibm866 ibm866"},
    {{"iso-8859-2", "iso-8859-2"}, "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2"},
    {{"iso-8859-3", "iso-8859-3"}, "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3"},
    {{"iso-8859-4", "iso-8859-4"}, "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4"},
    {{"iso-8859-5", "iso-8859-5"}, "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988"},
    {{"iso-8859-6", "iso-8859-6"}, "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987"},
    {{"iso-8859-7", "iso-8859-7"}, "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek"},
    {{"iso-8859-8", "iso-8859-8"}, "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 visual"},
    {{"iso-8859-8-i", "iso-8859-8"}, "csiso88598i iso-8859-8-i logical"},
    {{"iso-8859-10", "iso-8859-10"}, "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6"},
    {{"iso-8859-13", "iso-8859-13"}, "iso-8859-13 iso8859-13 iso885913"},
    {{"iso-8859-14", "iso-8859-14"}, "iso-8859-14 iso8859-14 iso885914"},
    {{"iso-8859-15", "iso-8859-15"}, "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9"},
    {{"iso-8859-16", "iso-8859-1", kIso8859With16}, "iso-8859-16"},
    {{"koi8-r", "koi8-r"}, "cskoi8r koi koi8 koi8-r koi8_r"},
    {{"koi8-u", "koi8-u", kKoi8U}, "koi8-ru koi8-u"},
    {{"macintosh", "macintosh"}, "csmacintosh mac macintosh x-mac-roman"},
    {{"windows-874", "windows-874", kWindows874}, "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874"},
    {{"windows-1250", "windows-1250"}, "cp1250 windows-1250 x-cp1250"},
    {{"windows-1251", "windows-1251"}, "cp1251 windows-1251 x-cp1251"},
    {{"windows-1252", "windows-1252"}, "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252"},
    {{"windows-1253", "windows-1253", kWindows1253}, "cp1253 windows-1253 x-cp1253"},
    {{"windows-1254", "windows-1254"}, "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 windows-1254 x-cp1254"},
    {{"windows-1255", "windows-1255", kWindows1255}, "cp1255 windows-1255 x-cp1255"},
    {{"windows-1256", "windows-1256"}, "cp1256 windows-1256 x-cp1256"},
    {{"windows-1257", "windows-1257"}, "cp1257 windows-1257 x-cp1257"},
    {{"windows-1258", "windows-1258"}, "cp1258 windows-1258 x-cp1258"},
    {{"x-mac-cyrillic", "x-mac-cyrillic"}, "x-mac-cyrillic x-mac-ukrainian"},
    {{"gbk", "gb18030", kGb}, "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk"},
    {{"gb18030", "gb18030", kGb}, "gb18030"},
    {{"big5", "big5-hkscs"}, "big5 big5-hkscs cn-big5 csbig5 x-x-big5"},
    {{"euc-jp", "euc-jp", kEucJp}, "cseucpkdfmtjapanese euc-jp x-euc-jp"},
    {{"iso-2022-jp", "iso-2022-jp"}, "csiso2022jp iso-2022-jp"},
    {{"shift_jis", "windows-31j", kShiftJis}, "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis"},
    {{"euc-kr", "windows-949", kEucKr}, "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949"},
    {{"replacement", nullptr}, "csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr replacement"},
    {{"x-user-defined", "iso-8859-1", kUserDefined}, "x-user-defined"},
    {{"utf-16be", "utf-16be"}, "unicodefffe utf-16be"},
    {{"utf-16le", "utf-16le"}, "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le"},
};
// clang-format on

using LabelMap = std::unordered_map<std::string_view, const Encoding*>;

template <typename Visit>
void ForEachLabel(Visit visit) {
  for (const Row& row : kRows) {
    for (std::string_view rest = row.labels; !rest.empty();) {
      const std::size_t blank = rest.find(' ');
      visit(rest.substr(0, blank), row.encoding);
      rest.remove_prefix(blank == std::string_view::npos ? rest.size() : blank + 1);
    }
  }
}

LabelMap MakeLabelMap() {
  LabelMap map;
  ForEachLabel([&](std::string_view label, const Encoding& encoding) { map.emplace(label, &encoding); });
  return map;
}

}  // namespace

const Encoding* EncodingFor(std::string_view label) {
  static const LabelMap map = MakeLabelMap();
  const auto found = map.find(Lower(Trim(label)));
  return found == map.end() ? nullptr : found->second;
}

std::vector<std::string_view> EncodingLabels() {
  std::vector<std::string_view> labels;
  ForEachLabel([&](std::string_view label, const Encoding&) { labels.push_back(label); });
  return labels;
}

}  // namespace nightjar::parse
