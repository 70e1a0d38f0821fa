// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/terms.h"

#include <algorithm>

#include "base/digest.h"
#include "base/onion.h"
#include "base/url.h"

namespace nightjar::query {
namespace {

constexpr std::size_t kLongestExact = 200;  // bytes, well under Xapian's limit once zero bytes are escaped
constexpr std::size_t kKeptOfLonger = 120;

// The rule of Xapian's own generator (should_stem in its sources): a folded word that begins with a letter.
bool HasStem(const std::string& folded_word) {
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

}  // namespace

Xapian::TermGenerator WordSplitter() {
  Xapian::TermGenerator splitter;
  splitter.set_stemmer(Xapian::Stem("en"));
  splitter.set_stemming_strategy(Xapian::TermGenerator::STEM_SOME);
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

std::string CanonicalUrl(std::string_view url) {
  const auto parsed = Url::Parse(url);
  return parsed ? parsed->WithoutFragment() : std::string(url);
}

std::string SiteOf(const std::string& host) {
  const auto onion = OnionAddress::Parse(host);
  return onion ? onion->host() : host;
}

}  // namespace nightjar::query
