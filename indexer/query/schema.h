// SPDX-License-Identifier: Apache-2.0
// The schema of the index in one table: which fields a query may name, how each is indexed, and which column
// holds what. The writer, the query compiler and the help texts all read this table, and the index
// carries it in its own metadata (SchemaText), so that an index can be understood without this source.
//
// One Xapian document is one page version: a distinct content (title, text, fields) of one URL in one case.
//   unprefixed terms   words of title (weight 3) and visible text but for the site's repeated lines, with
//                      positions; "Z" + English stem without. Chinese, Japanese and Korean: each character
//                      with a position, pairs of characters without
//   "Y" + language + ":" + stem   of the same words in the page's dominant language, where that is another
//                      than English and Xapian has a stemmer for it; no positions. Asked only by a query
//                      that names lang:, so that every other query reads one list a word
//   "XFOLD" + English stem   of words as they read with look-alike letters and digits undone ("0wl"), where
//                      that is another word than the one printed; no positions, half the weight
//   prefixed terms     as in kFields
//   "XNOCONTENT"       of pages that are not of class content: a query leaves these few out
//   document data      StoredVersion (stored_version.h)
//   docid              the document's number, unique over all shards
//   metadata           "schema" (this text), "schema-version", "shard" (its number)
// Beside the shards, in columns/ (columns/column.h): every number that facets, sorts and ranges read, and as
// metadata "schema-version", "shards" (how many), "cursor" (captures below it were seen), "forgotten"
// (erasures carried out), "lines/" + site (what its pages share; repetition/).
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "indexer/columns/column.h"

namespace nightjar::query {

// Raised when an index written by older code could answer wrongly; such an index must be rebuilt.
inline constexpr std::string_view kSchemaVersion = "2";

enum class FieldType {
  kText,    // words with positions and English stems
  kWords,   // words with positions, not stemmed: names and places
  kExact,   // the whole value, letter case folded
  kAmount,  // a number in a column, with its currency as a term
  kNumber,  // a number in a column
  kTime,    // a span of time in two columns
  kDay,     // a day within the time for which a version was current
};

struct FieldRow {
  std::string_view name;  // what a person writes before the colon
  FieldType type;
  std::string_view prefix;  // of its terms
  std::string_view help;    // one line for the search page
  std::string_view example;
  columns::Column column = columns::Column::kPrice;  // of kNumber and kAmount
};

inline constexpr std::array kFields = std::to_array<FieldRow>({
    {"title", FieldType::kText, "S", "words of the page's title", "title:\"gift card\""},
    {"vendor", FieldType::kWords, "XVENDOR", "who sells", "vendor:owlpost"},
    {"category", FieldType::kWords, "XCATEGORY",
     "category as the site names it, or in shared words: drugs.stimulants", "category:drugs.stimulants"},
    {"ships_from", FieldType::kWords, "XFROM", "where it is sent from", "ships_from:germany"},
    {"ships_to", FieldType::kWords, "XTO", "where it can be sent", "ships_to:\"united states\""},
    {"price", FieldType::kAmount, "XCURRENCY",
     "price, a range or a limit; in usd also what is printed in another currency, by its rate",
     "price:10..50usd"},
    {"rating", FieldType::kNumber, "", "rating as printed, a range or a limit", "rating:>=4.5",
     columns::Column::kRating},
    {"sold", FieldType::kNumber, "", "how many were sold", "sold:>100", columns::Column::kSold},
    {"stock", FieldType::kNumber, "", "how many are left", "stock:1..", columns::Column::kStock},
    {"views", FieldType::kNumber, "", "how often it was looked at", "views:..1000", columns::Column::kViews},
    {"seen", FieldType::kTime, "", "captured within these days, months or years", "seen:2026-01..2026-02"},
    {"asof", FieldType::kDay, "", "what was current on that day", "asof:2026-01-31"},
    {"changed", FieldType::kExact, "XCHANGED", "a field, or a kind of change, that differs from before",
     "changed:price"},
    {"lang", FieldType::kExact, "XLANG", "language of the text; also finds words by that language's stems",
     "lang:de"},
    {"pgp", FieldType::kExact, "XPGP", "PGP fingerprint, or its last 16 or 8 digits",
     "pgp:\"0123 4567 89AB CDEF\""},
    {"addr", FieldType::kExact, "XADDR", "coin address", "addr:bc1q*"},
    {"handle", FieldType::kExact, "XHANDLE", "e-mail, XMPP, Telegram, Wickr, ... name anywhere on the page",
     "handle:night@owl.example"},
    {"entity", FieldType::kExact, "XENTITY", "a kind of thing named on the page, or one of them",
     "entity:\"telegram nightpost\""},
    {"item", FieldType::kExact, "XITEM", "every version of one item, by its id",
     "item:0123456789abcdef0123456789abcdef"},
    {"kind", FieldType::kExact, "XKIND",
     "listing, vendor, index, category, thread, post, feedback, main, board, other", "kind:listing"},
    {"market", FieldType::kExact, "XSITE", "the market's name or onion address", "market:abc*"},
    {"site", FieldType::kExact, "XSITE", "the same as market", "site:abc*"},
    {"host", FieldType::kExact, "H", "the full host name, sub-domain included", "host:abc*"},
    {"url", FieldType::kExact, "U", "one page by its address", "url:\"http://abc.onion/item/7\""},
    {"class", FieldType::kExact, "XCLASS",
     "content unless asked for: login, captcha, not-found, seizure-notice, ...", "class:captcha"},
    {"verdict", FieldType::kExact, "XVERDICT", "how reading the page ended: ok, timed-out, crashed, ...",
     "verdict:timed-out"},
    {"case", FieldType::kExact, "XCASE", "the case it was captured for", "case:owl-2026"},
    {"job", FieldType::kExact, "XJOB", "the crawl job that captured it", "job:owl-markets"},
});

// Terms and metadata that no query names.
inline constexpr std::string_view kStemPrefix = "Z";
inline constexpr std::string_view kNoContentTerm =
    "XNOCONTENT";                                       // of every page that is not of class content
inline constexpr std::string_view kShardKey = "shard";  // the number of the database among its fellows
inline constexpr std::string_view kLanguageStemPrefix = "Y";
inline constexpr std::string_view kFoldPrefix = "XFOLD";
inline constexpr double kFoldWeight = 0.5;  // of a word that had to be read otherwise than it is written
inline constexpr std::string_view kForgottenKey = "forgotten";
inline constexpr std::string_view kLinesPrefix = "lines/";
inline constexpr std::string_view kShardsKey = "shards";  // how many
inline constexpr std::string_view kSchemaKey = "schema";
inline constexpr std::string_view kSchemaVersionKey = "schema-version";

// The row of a field, or null.
[[nodiscard]] const FieldRow* FindField(std::string_view name);

// The row of a field the code itself names; aborts when there is none.
[[nodiscard]] const FieldRow& Field(std::string_view name);

// The known field name nearest to a mistyped one (edit distance at most 3), or empty.
[[nodiscard]] std::string_view NearestField(std::string_view name);

// Letters to insert, delete or replace (Levenshtein). Quadratic: for short words.
[[nodiscard]] std::size_t EditDistance(std::string_view a, std::string_view b);

// The table as text, as stored in the index.
[[nodiscard]] std::string SchemaText();

}  // namespace nightjar::query
