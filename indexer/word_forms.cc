// SPDX-License-Identifier: Apache-2.0
#include "indexer/word_forms.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "indexer/query/terms.h"

namespace nightjar::indexer {
namespace {

struct PageWord {
  std::string term;
  Xapian::termcount count = 0;
};

// Terms with a prefix begin with a capital, which no folded word does.
std::vector<PageWord> WordsOf(const Xapian::Document& document) {
  std::vector<PageWord> words;
  for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
    const std::string word = *term;
    if (word.front() < 'A' || word.front() > 'Z') words.push_back({word, term.get_wdf()});
  }
  return words;
}

std::string DominantLanguage(const wire::Facts& facts) {
  return facts.languages.empty() ? std::string() : facts.languages.front().code;
}

bool HasDigit(const std::string& word) {
  return std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

// The words of the folded text that do not stand in the text itself.
void FoldedWords(const wire::Facts& facts, const std::vector<PageWord>& words, std::set<std::string>& terms) {
  if (facts.folded_text.empty()) return;
  for (const query::Word& word : query::SplitWords(facts.folded_text)) {
    if (terms.size() >= kMaxFoldedTerms) return;
    const auto place = std::ranges::lower_bound(words, word.term, {}, &PageWord::term);
    if (place != words.end() && place->term == word.term) continue;
    if (const std::string term = query::FoldedTerm(word.term); !term.empty()) terms.insert(term);
    for (const std::string& term : query::LeetTerms(word.term)) terms.insert(term);
  }
}

}  // namespace

void AddWordForms(Xapian::Document& document, const wire::Facts& facts) {
  const std::vector<PageWord> words = WordsOf(document);
  const std::string language = DominantLanguage(facts);
  const bool foreign = !query::LanguageStemTerm(language, "a").empty();
  std::set<std::string> folded;
  for (const PageWord& word : words) {
    if (foreign) {
      const std::string stem = query::LanguageStemTerm(language, word.term);
      if (!stem.empty()) document.add_term(stem, word.count);
    }
    if (!HasDigit(word.term) || folded.size() >= kMaxFoldedTerms) continue;
    for (const std::string& term : query::LeetTerms(word.term)) folded.insert(term);
  }
  FoldedWords(facts, words, folded);
  for (const std::string& term : folded) document.add_term(term);
}

}  // namespace nightjar::indexer
