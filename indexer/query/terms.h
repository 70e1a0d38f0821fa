// SPDX-License-Identifier: Apache-2.0
// How values become terms: the one place, so that writer and query agree letter by letter.
#pragma once

#include <xapian.h>

#include <string>
#include <string_view>
#include <vector>

#include "indexer/query/schema.h"

namespace nightjar::query {

// A word splitter with Nightjar's settings: English stems beside the words. One thread at a time.
[[nodiscard]] Xapian::TermGenerator WordSplitter();

// One word as the index holds it.
struct Word {
  std::string term;  // folded, without prefix: has positions
  std::string stem;  // the stem without prefix, or empty where the word has none (numbers)
};

// The words of a text in order, cut exactly as the writer cuts page text.
[[nodiscard]] std::vector<Word> SplitWords(std::string_view text);

// Letter case folded, white space at the ends dropped and inside collapsed.
[[nodiscard]] std::string FoldValue(std::string_view value);

// The single term of an exact value. Terms are limited to 245 bytes by Xapian: a longer value keeps its first
// 120 bytes and ends in its digest, so that wildcards still work on its beginning.
[[nodiscard]] std::string ExactTerm(const FieldRow& field, std::string_view value);

// What exact values of URL fields are compared by: normalised, without fragment; as given if it is no URL.
[[nodiscard]] std::string CanonicalUrl(std::string_view url);

// The onion address without sub-domain, or the host itself where it is no onion address.
[[nodiscard]] std::string SiteOf(const std::string& host);

}  // namespace nightjar::query
