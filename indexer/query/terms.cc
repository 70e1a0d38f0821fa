// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/terms.h"

#include <algorithm>
#include <optional>

#include "base/digest.h"
#include "base/onion.h"
#include "base/url.h"

namespace nightjar::query {
namespace {

constexpr std::size_t kLongestExact = 200;  // bytes, well under Xapian's limit once zero bytes are escaped
constexpr std::size_t kKeptOfLonger = 120;

// The rule of Xapian's own generator (should_stem in its sources): a folded word that begins with a letter.
bool HasStem(const std::string& folded_word) {
  if (folded_word.empty()) return false;
  switch (Xapian::Unicode::get_category(*Xapian::Utf8Iterator(folded_word))) {
    case Xapian::Unicode::LOWERCASE_LETTER:
    case Xapian::Unicode::TITLECASE_LETTER:
    case Xapian::Unicode::MODIFIER_LETTER:
    case Xapian::Unicode::OTHER_LETTER:
      return true;
    default:
      return false;
  }
}

constexpr std::size_t kLongestLeet = 32;  // bytes of a word whose digits are tried as letters

// The digits that look like a letter, as written on such pages. '1' is also 'i': see LeetTerms.
char LetterFor(char digit, char one) {
  constexpr std::string_view kDigits = "0345789";
  constexpr std::string_view kLetters = "oeastbg";
  if (digit == '1') return one;
  const std::size_t place = kDigits.find(digit);
  return place == std::string_view::npos ? digit : kLetters[place];
}

}  // namespace

Xapian::TermGenerator WordSplitter() {
  Xapian::TermGenerator splitter;
  splitter.set_stemmer(Xapian::Stem("en"));
  splitter.set_stemming_strategy(Xapian::TermGenerator::STEM_SOME);
  splitter.set_flags(kSplitterFlags);
  return splitter;
}

std::vector<Word> SplitWords(std::string_view text) {
  Xapian::TermGenerator splitter = WordSplitter();
  splitter.set_stemming_strategy(Xapian::TermGenerator::STEM_NONE);
  splitter.index_text(std::string(text));
  const Xapian::Document document = splitter.get_document();
  std::vector<Word> words;
  for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
    for (auto position = term.positionlist_begin(); position != term.positionlist_end(); ++position) {
      words.resize(std::max<std::size_t>(words.size(), *position));
      words[*position - 1].term = *term;
    }
  }
  std::erase_if(words, [](const Word& word) { return word.term.empty(); });
  const Xapian::Stem stemmer("en");
  for (Word& word : words) {
    if (HasStem(word.term)) word.stem = stemmer(word.term);
  }
  return words;
}

std::string LanguageStemTerm(const std::string& language, const std::string& word) {
  const std::string base = language.substr(0, language.find('-'));
  if (base.empty() || base == "en" || !HasStem(word)) return {};
  // One page is one language: the last stemmer is nearly always the next.
  thread_local std::string known;
  thread_local std::optional<Xapian::Stem> stemmer;
  if (known != base) {
    known = base;
    try {
      stemmer.emplace(base);
    } catch (const Xapian::InvalidArgumentError&) {
      stemmer.reset();  // Xapian has none for it
    }
  }
  if (!stemmer) return {};
  return std::string(kLanguageStemPrefix) + base + ":" + (*stemmer)(word);
}

std::string FoldedTerm(const std::string& word) {
  if (!HasStem(word)) return {};
  thread_local const Xapian::Stem stemmer("en");
  return std::string(kFoldPrefix) + stemmer(word);
}

std::vector<std::string> LeetTerms(const std::string& word) {
  const auto digits = std::ranges::count_if(word, [](char c) { return c >= '0' && c <= '9'; });
  const auto letters = std::ranges::count_if(word, [](char c) { return c >= 'a' && c <= 'z'; });
  if (word.size() > kLongestLeet || digits == 0 || letters <= digits) return {};
  std::vector<std::string> terms;
  for (const char one : {'l', 'i'}) {
    std::string read = word;
    for (char& c : read) c = LetterFor(c, one);
    std::string term = FoldedTerm(read);
    if (!term.empty() && std::ranges::find(terms, term) == terms.end()) terms.push_back(std::move(term));
  }
  return terms;
}

std::string FoldValue(std::string_view value) {
  std::string folded;
  bool space = false;
  for (Xapian::Utf8Iterator it(value.data(), value.size()); it != Xapian::Utf8Iterator(); ++it) {
    if (Xapian::Unicode::is_whitespace(*it)) {
      space = !folded.empty();
      continue;
    }
    if (space) folded.push_back(' ');
    space = false;
    Xapian::Unicode::append_utf8(folded, Xapian::Unicode::tolower(*it));
  }
  return folded;
}

std::string ExactTerm(const FieldRow& field, std::string_view value) {
  std::string folded = FoldValue(value);
  if (folded.size() > kLongestExact) {
    folded = std::string(Utf8Prefix(folded, kKeptOfLonger)) + Sha256(folded).Hex();
  }
  return std::string(field.prefix) + folded;
}

std::string CanonicalValue(const FieldRow& field, std::string_view value) {
  if (field.name == "url") return CanonicalUrl(value);
  if (field.name == "handle" && value.starts_with('@')) return std::string(value.substr(1));
  if (field.name != "pgp") return std::string(value);
  std::string digits;
  for (const char c : value)
    if (c != ' ' && c != '\t') digits.push_back(c);
  return digits.starts_with("0x") ? digits.substr(2) : digits;
}

std::string CanonicalUrl(std::string_view url) {
  const auto parsed = Url::Parse(url);
  return parsed ? parsed->WithoutFragment() : std::string(url);
}

std::string SiteOf(const std::string& host) {
  const auto onion = OnionAddress::Parse(host);
  return onion ? onion->host() : host;
}

}  // namespace nightjar::query
