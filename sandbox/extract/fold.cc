// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/fold.h"

#include <algorithm>
#include <iterator>

#include "base/bytes.h"
#include "sandbox/extract/fold_table.h"
#include "sandbox/extract/utf8.h"
#include "sandbox/parse/ascii.h"
#include "sandbox/parse/compatibility.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {
namespace {

template <std::size_t N>
char LatinOf(const LookAlike (&table)[N], char32_t c) {
  const LookAlike* const found =
      std::lower_bound(std::begin(table), std::end(table), c,
                       [](const LookAlike& row, char32_t code) { return row.code < code; });
  return found != std::end(table) && found->code == c ? found->latin : '\0';
}

char32_t CyrillicOf(char32_t latin) {
  const LookAlike* const found = std::ranges::find_if(
      kCyrillicLookAlikes, [&](const LookAlike& row) { return row.latin == static_cast<char>(latin); });
  return found != std::end(kCyrillicLookAlikes) ? found->code : 0;
}

bool IsLatin(char32_t c) { return c < 0x80 && parse::IsAlpha(static_cast<char>(c)); }
bool IsCyrillic(char32_t c) { return c >= 0x400 && c < 0x530; }

// The alphabets whose letters pass for Latin ones.
bool IsForeign(char32_t c) {
  return (c >= 0x250 && c < 0x2B0) || (c >= 0x370 && c < 0x590) || (c >= 0x13A0 && c < 0x1400) ||
         (c >= 0x2C80 && c < 0x2D00) || (c >= 0xA4D0 && c < 0xA500);
}

bool IsWordCharacter(char32_t c) {
  if (c < 0x80) return parse::IsAlpha(static_cast<char>(c)) || parse::IsDigit(static_cast<char>(c));
  const bool punctuation = c < 0xC0 || (c >= 0x2000 && c < 0x2070) || (c >= 0x3000 && c < 0x3040);
  return !punctuation;
}

struct Word {
  std::string_view text;
  std::size_t latin = 0, cyrillic = 0, foreign = 0;
  bool disguised = false;
  bool all_have_latin = true;     // each foreign letter
  bool all_have_cyrillic = true;  // each Latin letter

  void Look(char32_t c) {
    if (IsLatin(c)) {
      ++latin;
      all_have_cyrillic &= CyrillicOf(c) != 0;
    } else if (LatinOf(kDisguisedLatin, c) != '\0') {
      disguised = true;
      ++latin;
    } else if (IsForeign(c)) {
      ++foreign;
      cyrillic += IsCyrillic(c) ? 1 : 0;
      all_have_latin &= LatinOf(kForeignLookAlikes, c) != '\0';
    }
  }
  [[nodiscard]] bool Mixes() const { return latin > 0 && foreign > 0; }
  [[nodiscard]] bool MeansCyrillic() const {
    return Mixes() && !all_have_latin && all_have_cyrillic && cyrillic > latin && !disguised;
  }
};

void AppendFolded(const Word& word, std::string& out) {
  const bool mixes = word.Mixes();
  if (!mixes && !word.disguised) {
    out.append(word.text);
    return;
  }
  const bool to_cyrillic = word.MeansCyrillic();
  for (std::size_t at = 0; at < word.text.size();) {
    const Character c = CharacterAt(word.text, at);
    char32_t folded = c.code;
    if (const char plain = LatinOf(kDisguisedLatin, c.code); plain != '\0') {
      folded = static_cast<char32_t>(plain);
    } else if (to_cyrillic) {
      if (const char32_t cyrillic = IsLatin(c.code) ? CyrillicOf(c.code) : 0; cyrillic != 0)
        folded = cyrillic;
    } else if (const char latin = mixes ? LatinOf(kForeignLookAlikes, c.code) : '\0'; latin != '\0') {
      folded = static_cast<char32_t>(latin);
    }
    AppendCharacter(out, folded);
    at += c.size;
  }
}

std::string FoldWords(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    Word word;
    std::size_t end = at;
    while (end < text.size()) {
      const Character c = CharacterAt(text, end);
      if (!IsWordCharacter(c.code)) break;
      word.Look(c.code);
      end += c.size;
    }
    word.text = text.substr(at, end - at);
    AppendFolded(word, out);
    at = end;
    while (at < text.size() && !IsWordCharacter(CharacterAt(text, at).code)) {
      const std::size_t size = CharacterAt(text, at).size;
      out.append(text.substr(at, size));
      at += size;
    }
  }
  return out;
}

}  // namespace

std::string FoldLookAlikes(std::string_view text) {
  const auto is_ascii = [](char c) { return (static_cast<unsigned char>(c) & 0x80) == 0; };
  if (std::ranges::all_of(text, is_ascii)) return {};
  const std::string_view part = Utf8Prefix(text, wire::kMaxText);
  std::string folded;
  folded.reserve(part.size());
  for (std::string_view rest = part; !rest.empty();) {
    const std::string_view line = rest.substr(0, std::min(rest.find('\n'), rest.size() - 1) + 1);
    rest.remove_prefix(line.size());
    folded.append(std::ranges::all_of(line, is_ascii) ? std::string(line)
                                                      : FoldWords(parse::CompatibilityForm(line)));
  }
  return folded == part ? std::string() : folded;
}

}  // namespace nightjar::extract
