// SPDX-License-Identifier: Apache-2.0
// How values become terms: the one place, so that writer and query agree letter by letter.
#pragma once

#include <xapian.h>

#include <string>
#include <string_view>
#include <vector>

#include "indexer/query/schema.h"

namespace nightjar::query {

// What every splitter is set to beside its own flags: Chinese, Japanese and Korean have no blanks between
// words, so each of their characters is a word, and each pair of neighbours one without a position.
inline constexpr auto kSplitterFlags = Xapian::TermGenerator::FLAG_CJK_NGRAM;

// A word splitter with Nightjar's settings: English stems beside the words. One thread at a time.
[[nodiscard]] Xapian::TermGenerator WordSplitter();

// One word as the index holds it.
struct Word {
  std::string term;  // folded, without prefix: has positions
  std::string stem;  // the stem without prefix, or empty where the word has none (numbers)
};

// The words of a text in order, cut exactly as the writer cuts page text.
[[nodiscard]] std::vector<Word> SplitWords(std::string_view text);

// The term of a folded word's stem in a language (ISO 639), or empty for English, for a language that Xapian
// has no stemmer for, and for what is no word (numbers).
[[nodiscard]] std::string LanguageStemTerm(const std::string& language, const std::string& word);

// The terms of a folded word with the digits undone that stand for letters ("0wl": owl; "ba1l": ball, bail):
// none, one or two, as English stems under kFoldPrefix. Only where letters outnumber digits.
[[nodiscard]] std::vector<std::string> LeetTerms(const std::string& word);

// The term under kFoldPrefix of a folded word's English stem, or empty.
[[nodiscard]] std::string FoldedTerm(const std::string& word);

// Letter case folded, white space at the ends dropped and inside collapsed.
[[nodiscard]] std::string FoldValue(std::string_view value);

// The single term of an exact value. Terms are limited to 245 bytes by Xapian: a longer value keeps its first
// 120 bytes and ends in its digest, so that wildcards still work on its beginning.
[[nodiscard]] std::string ExactTerm(const FieldRow& field, std::string_view value);

// A value as its field compares it, before letter case is folded: url: normalised; pgp: without blanks and
// "0x"; handle: without "@" before it; all others as they are.
[[nodiscard]] std::string CanonicalValue(const FieldRow& field, std::string_view value);

// What exact values of URL fields are compared by: normalised, without fragment; as given if it is no URL.
[[nodiscard]] std::string CanonicalUrl(std::string_view url);

// The onion address without sub-domain, or the host itself where it is no onion address.
[[nodiscard]] std::string SiteOf(const std::string& host);

}  // namespace nightjar::query
