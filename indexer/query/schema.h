// SPDX-License-Identifier: Apache-2.0
// The schema of the index in one table: which fields a query may name, how each is indexed, and which value
// slot holds what. The writer, the query compiler and the help texts all read this table, and the index
// carries it in its own metadata (SchemaText), so that an index can be understood without this source.
//
// One Xapian document is one page version: a distinct content (title, text, fields) of one URL in one case.
//   unprefixed terms   words of title (weight 3) and visible text but for the site's repeated lines, with
//                      positions; "Z" + English stem without
//   prefixed terms     as in kFields
//   "Q" + 64 hex       the version's id (version_id.h): unique
//   value slots        as in Slot; numbers in Xapian's sortable form
//   document data      StoredVersion (stored_version.h)
//   metadata           "schema" (this text), "schema-version", "cursor" (captures below it were seen),
//                      "forgotten" (erasures carried out), "lines/" + site (what its pages share;
//                      repetition/)
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace nightjar::query {

// Raised when an index written by older code could answer wrongly; such an index must be rebuilt.
inline constexpr std::string_view kSchemaVersion = "2";

enum class FieldType {
  kText,    // words with positions and English stems
  kWords,   // words with positions, not stemmed: names and places
  kExact,   // the whole value, letter case folded
  kAmount,  // a number in a slot, with its currency as a term
  kTime,    // a span of time in two slots
};

struct FieldRow {
  std::string_view name;  // what a person writes before the colon
  FieldType type;
  std::string_view prefix;  // of its terms
  std::string_view help;    // one line for the search page
  std::string_view example;
};

inline constexpr std::array kFields = std::to_array<FieldRow>({
    {"title", FieldType::kText, "S", "words of the page's title", "title:\"gift card\""},
    {"vendor", FieldType::kWords, "XVENDOR", "who sells", "vendor:owlpost"},
    {"category", FieldType::kWords, "XCATEGORY", "category as the site names it", "category:electronics"},
    {"ships_from", FieldType::kWords, "XFROM", "where it is sent from", "ships_from:germany"},
    {"ships_to", FieldType::kWords, "XTO", "where it can be sent", "ships_to:\"united states\""},
    {"price", FieldType::kAmount, "XCURRENCY", "price, a range or a limit, with or without currency",
     "price:10..50usd"},
    {"seen", FieldType::kTime, "", "captured within these days, months or years", "seen:2026-01..2026-02"},
    {"kind", FieldType::kExact, "XKIND", "listing, vendor, index, category, thread, feedback, other",
     "kind:listing"},
    {"market", FieldType::kExact, "XSITE", "the market's onion address", "market:abc*"},
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
inline constexpr std::string_view kVersionIdPrefix = "Q";
inline constexpr std::string_view kStemPrefix = "Z";
inline constexpr std::string_view kCursorKey = "cursor";
inline constexpr std::string_view kForgottenKey = "forgotten";
inline constexpr std::string_view kLinesPrefix = "lines/";
inline constexpr std::string_view kSchemaKey = "schema";
inline constexpr std::string_view kSchemaVersionKey = "schema-version";

enum Slot : unsigned {
  kPriceSlot = 0,         // amount of the first price field
  kFirstSeenSlot = 1,     // Unix seconds
  kLastSeenSlot = 2,      // Unix seconds
  kFirstCaptureSlot = 3,  // number of the capture that made the document; never written again, so that it
                          // grows with the document's id (request_limits.cc)
};

// The row of a field, or null.
[[nodiscard]] const FieldRow* FindField(std::string_view name);

// The row of a field the code itself names; aborts when there is none.
[[nodiscard]] const FieldRow& Field(std::string_view name);

// The known field name nearest to a mistyped one (edit distance at most 3), or empty.
[[nodiscard]] std::string_view NearestField(std::string_view name);

// The table as text, as stored in the index.
[[nodiscard]] std::string SchemaText();

}  // namespace nightjar::query
