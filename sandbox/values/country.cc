// SPDX-License-Identifier: Apache-2.0
#include "sandbox/values/country.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "sandbox/values/country_table.h"
#include "sandbox/values/letters.h"

namespace nightjar::values {
namespace {

constexpr std::size_t kLongestName = 80;

struct Region {
  std::string_view code;
  std::string_view names;  // lower case, parted by '|'
};

// clang-format off
constexpr std::array<Region, 17> kRegions = {{
    {"worldwide", "worldwide|world wide|world-wide|ww|w/w|international|internationally|world|global|globally|anywhere|everywhere|"
                  "all countries|the world|rest of world|rest of the world|row|weltweit|monde entier|le monde|international shipping|"
                  "todo el mundo|mundial|tutto il mondo|mondiale|wereldwijd|весь мир|по всему миру|earth"},
    {"eu", "eu|e.u.|european union|eu only|eu countries|europäische union|union européenne|unión europea|unione europea|европейский союз|ес"},
    {"europe", "europe|europa|all europe|european countries|all of europe|continental europe|европа"},
    {"undeclared", "undeclared|undisclosed|unknown|n/a|na|none|not specified|not declared|unspecified|secret|hidden|unbekannt|inconnu|"
                   "desconocido|неизвестно|-"},
    {"digital", "digital|internet|online|virtual|torland|tor|cyberspace|electronic|the internet|email|e-mail"},
    {"north-america", "north america|northern america|nordamerika|amérique du nord|северная америка"},
    {"south-america", "south america|südamerika|amérique du sud|южная америка"},
    {"central-america", "central america|mittelamerika"},
    {"latin-america", "latin america"},
    {"americas", "americas|the americas"},
    {"asia", "asia|asien|asie|азия"},
    {"africa", "africa|afrika|afrique|африка"},
    {"oceania", "oceania|australasia|ozeanien|océanie"},
    {"middle-east", "middle east|the middle east|naher osten|moyen-orient"},
    {"scandinavia", "scandinavia|skandinavien|scandinavie|nordic|nordics|nordic countries"},
    {"eastern-europe", "eastern europe|osteuropa"},
    {"western-europe", "western europe|westeuropa"},
}};
// clang-format on

using Names = std::unordered_map<std::string_view, std::string_view>;

void AddNames(std::string_view names, std::string_view code, Names& all) {
  while (!names.empty()) {
    const std::size_t end = names.find('|');
    all.emplace(names.substr(0, end), code);
    names.remove_prefix(end == std::string_view::npos ? names.size() : end + 1);
  }
}

const Names& AllNames() {
  static const Names all = [] {
    Names names;
    for (const Region& region : kRegions) AddNames(region.names, region.code, names);
    for (const CountryRow& row : Countries()) AddNames(row.names, row.alpha2, names);
    return names;
  }();
  return all;
}

std::string_view CodeInCapitals(std::string_view text) {
  for (const CountryRow& row : Countries()) {
    if (text == row.alpha2 || text == row.alpha3) return row.alpha2;
  }
  return {};
}

std::string_view CodeOfName(std::string_view name) {
  if (name.empty() || name.size() > kLongestName) return {};
  if (name.size() <= 3) {
    if (const std::string_view code = CodeInCapitals(name); !code.empty()) return code;
  }
  const auto found = AllNames().find(Normal(name));
  return found == AllNames().end() ? std::string_view() : found->second;
}

// A flag is two regional indicator symbols, U+1F1E6 (A) to U+1F1FF (Z).
std::string FlagAt(std::string_view text, std::size_t at) {
  std::string letters;
  for (; letters.size() < 2 && text.substr(at).starts_with("\xF0\x9F\x87") && at + 3 < text.size(); at += 4) {
    letters.push_back(static_cast<char>('A' + (static_cast<unsigned char>(text[at + 3]) - 0xA6)));
  }
  return std::string(CodeInCapitals(letters));
}

// [begin, end) without blanks and signs at its ends; a point stays ("U.S.").
Country Bare(std::string_view text, std::size_t begin, std::size_t end) {
  const std::string_view all = text.substr(0, end);
  while (begin < end && !IsWordAt(all, begin)) begin += CharacterSize(all, begin);
  std::size_t last = begin;
  for (std::size_t at = begin; at < end; at += CharacterSize(all, at)) {
    if (IsWordAt(all, at) || all[at] == '.' || all[at] == ')') last = at + CharacterSize(all, at);
  }
  return {{}, begin, last};
}

std::size_t WithoutTail(std::string_view name) {
  std::size_t end = name.size();
  for (const std::string_view mark : {"(", "[", " only", " Only"}) end = std::min(end, name.find(mark));
  return end;
}

bool Recognise(std::string_view text, Country& country) {
  const std::string_view name = text.substr(country.begin, country.end - country.begin);
  if (name.size() > kLongestName) return false;
  country.code = CodeOfName(name);
  if (!country.code.empty()) return true;
  std::size_t end = WithoutTail(name);
  if (end < name.size() || name.ends_with('.')) {
    if (end == name.size()) --end;
    Country shorter = Bare(text, country.begin, country.begin + end);
    shorter.code = CodeOfName(text.substr(shorter.begin, shorter.end - shorter.begin));
    if (!shorter.code.empty()) country = std::move(shorter);
  }
  if (country.code.empty() && parse::StartsWithNoCase(name, "the "))
    country.code = CodeOfName(name.substr(4));
  return !country.code.empty();
}

// The length of a separator at `at`; 0 for none. Dashes and words part names only between blanks.
std::size_t SeparatorAt(std::string_view text, std::size_t at) {
  for (const std::string_view sign : {",", ";", "|", "\n", "/", "•", "·", "+", "→", "->"}) {
    if (text.substr(at).starts_with(sign)) return sign.size();
  }
  if (BlankAt(text, at) == 0) return 0;
  for (const std::string_view word : {" and ", " & ", " - ", " – ", " or ", " und ", " et ", " y ", " и "}) {
    if (text.substr(at).starts_with(word)) return word.size();
  }
  return 0;
}

struct Piece {
  std::size_t begin, end;
};

std::vector<Piece> PiecesOf(std::string_view text) {
  std::vector<Piece> pieces;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t separator = at < text.size() ? SeparatorAt(text, at) : 1;
    if (separator == 0) {
      ++at;
      continue;
    }
    if (at > begin) pieces.push_back({begin, at});
    at += separator;
    begin = at;
  }
  return pieces;
}

}  // namespace

std::optional<Country> CountryOf(std::string_view text) {
  if (text.size() > 4 * kLongestName) return std::nullopt;
  const std::size_t first = SkipBlanks(text, 0);
  Country country = Bare(text, first, text.size());
  if (country.begin < country.end) return Recognise(text, country) ? std::optional(country) : std::nullopt;
  country = {FlagAt(text, first), first, std::min(text.size(), first + 8)};
  if (country.code.empty() && text.substr(first) == "-") country.code = "undeclared";
  return country.code.empty() ? std::nullopt : std::optional(country);
}

std::vector<Country> SplitCountries(std::string_view text) {
  std::vector<Country> countries;
  const std::vector<Piece> pieces = PiecesOf(text);
  for (std::size_t i = 0; i < pieces.size();) {
    // "Bosnia and Herzegovina", "Korea, Republic of": the longest run of pieces that is one name.
    Country country;
    std::size_t taken = std::min<std::size_t>(3, pieces.size() - i);
    for (; taken > 0; --taken) {
      country = Bare(text, pieces[i].begin, pieces[i + taken - 1].end);
      if (Recognise(text, country)) break;
    }
    if (taken == 0) country = Bare(text, pieces[i].begin, pieces[i].end);
    if (country.begin < country.end) countries.push_back(std::move(country));
    i += std::max<std::size_t>(1, taken);
  }
  return countries;
}

}  // namespace nightjar::values
