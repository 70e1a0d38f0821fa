// SPDX-License-Identifier: Apache-2.0
// Facts: what the jail read out of one capture. The only shape that crosses the jail's wall towards the rest
// of Nightjar. Derived data, never evidence: the same parser build gives byte-identical facts for the same
// bytes.
//
// Everything in a Facts value comes from hostile bytes. Decode() checks form (bounds, UTF-8, enum ranges);
// the pool checks meaning (URLs parse and are normalised, spans lie inside the document) before anyone else
// sees it.
// Format of Encode(): base/codec.h, first byte kFactsFormat, then the members in the order of members.h,
// which also holds their caps.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace nightjar::wire {

// How reading ended. Anything but kOk still gives an entry, with text from the linear fallback where
// possible.
enum class Verdict : std::uint8_t {
  kOk,
  kNotText,        // no markup or text type: stored, not read
  kFallbackDeep,   // tag depth over the cap: linear text only
  kFallbackLarge,  // decoded size over the cap: linear text of the first part
  kBadCoding,      // transfer or content coding could not be undone (also bombs)
  kTimedOut,       // the deadline passed; worker killed
  kCrashed,        // the worker died (memory, signal, forbidden call)
  kRefusedAnswer,  // the worker's answer failed the pool's checks
  kQuarantined,    // not tried in full: pages of this site killed readers before; linear text
};
[[nodiscard]] std::string_view VerdictName(Verdict verdict);  // "ok", "not-text", "fallback-deep", ...

// Page class (DESIGN section 8). Only kContent may create or change a version.
enum class PageClass : std::uint8_t {
  kContent,
  kEmpty,
  kLogin,
  kCaptcha,
  kDdosWait,
  kLoggedOut,
  kBanned,
  kMaintenance,
  kNotFound,
  kPhishingProxy,
  kSeizureNotice,
  kError,
};
[[nodiscard]] std::string_view PageClassName(PageClass page_class);  // "content", "ddos-wait", ...

// A page that stands in another's place until something is done about it: login, captcha, ddos-wait,
// logged-out, banned.
[[nodiscard]] bool IsWall(PageClass page_class);

// kIndex: many offers; kCategory: those of one category; kMain: the site's first page; kBoard: many threads.
enum class PageKind : std::uint8_t {
  kOther,
  kListing,
  kVendor,
  kIndex,
  kCategory,
  kThread,
  kFeedback,
  kMain,
  kBoard,
};
[[nodiscard]] std::string_view PageKindName(PageKind kind);  // "other", "listing", ...

enum class LinkKind : std::uint8_t { kAnchor, kRedirect, kRefresh, kFrame, kOnionLocation };
[[nodiscard]] std::string_view LinkKindName(LinkKind kind);

// Half-open byte range in the decoded body (after transfer and content coding, before charset conversion).
// {0, 0} where a value has no place of its own (computed, or read from headers).
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

// How a field's value is written, and what its unit says.
enum class FieldType : std::uint8_t {
  kText,      // as printed, white space folded
  kMoney,     // exact decimal "1108.00"; unit: ISO 4217 or coin code, empty where none is printed
  kCount,     // digits, or an exact decimal
  kCountry,   // as printed; unit: ISO 3166-1 alpha-2 ("DE") or "worldwide", "eu", "undeclared", ...
  kDate,      // ISO 8601, only as much as is known; unit: "year", "month", "day", "minute" or "second"
  kDuration,  // ISO 8601 ("P1DT22H")
  kRating,    // exact decimal; unit: the scale ("5", "10", "100"), empty where unknown
  kEnum,      // one of the words a profile lists
  kFlag,      // "true" or "false"
  kLink,      // as in the attribute; unit empty
  kPgp,       // an armored block, whole
};
[[nodiscard]] std::string_view FieldTypeName(FieldType type);  // "text", "money", ...

// Who found a value: rules for any site, or the site's own profile.
enum class FoundBy : std::uint8_t { kGeneric, kProfile };

// One value read from the page. Names (snake_case) are those of the field schema: title, price, vendor,
// category, ships_from, description, ... A list is several fields of one name, in page order.
struct Field {
  std::string name;
  FieldType type = FieldType::kText;
  FoundBy by = FoundBy::kGeneric;
  std::string value;
  std::string unit;  // empty where none applies
  std::string raw;   // as printed on the page
  Span span;
  std::uint8_t confidence = 0;  // 0..100
  friend bool operator==(const Field&, const Field&) = default;
};

// One of several alike on a page: a row of an index, a feedback, a post, a shipping option.
struct Item {
  std::string kind;  // "offer", "feedback", "post", "thread", "shipping_option", ... (snake_case)
  Span span;         // from the beginning of its first element to that of what follows
  std::vector<Field> fields;
  friend bool operator==(const Item&, const Item&) = default;
};

// What identifies somebody or something, found anywhere in the page's text; where its kind has a checksum,
// the checksum holds. Kinds and their canonical forms: sandbox/entities.
struct Entity {
  std::string kind;  // "btc", "pgp_key", "email", "onion", ...
  std::string value;
  std::string note;     // what else it says ("mainnet p2tr"), or empty
  bool hidden = false;  // stands where a person does not see it
  Span span;
  std::uint8_t confidence = 0;
  friend bool operator==(const Entity&, const Entity&) = default;
};

struct Heading {
  std::uint8_t level = 1;  // 1..6
  std::string text;
  friend bool operator==(const Heading&, const Heading&) = default;
};

struct Image {      // never fetched by the reader
  std::string url;  // absolute, normalised http(s); empty for a data: URL
  std::string alt;
  friend bool operator==(const Image&, const Image&) = default;
};

// What the page says of itself for machines.
struct Statement {
  std::string vocabulary;  // "meta", "og", "microdata", "json-ld"
  std::string name;        // "og:title", "Product.offers.price"
  std::string value;
  friend bool operator==(const Statement&, const Statement&) = default;
};

struct Language {
  std::string code;          // ISO 639 ("en", "zh-Hant"); empty: too little text to say
  std::uint8_t percent = 0;  // of the text
  friend bool operator==(const Language&, const Language&) = default;
};

// Zero-width and bidi characters that were taken out of the text.
struct Marks {
  std::uint32_t zero_width = 0;
  std::uint32_t bidi = 0;
  friend bool operator==(const Marks&, const Marks&) = default;
};

// For comparing pages; sources: sandbox/fingerprint.
struct Fingerprints {
  std::string body_sha256;   // hex, of the decoded body
  std::string simhash;       // 16 hex digits, of the main text; empty without one
  std::string dom_hash;      // 32 hex digits, AIL's; empty without a tree
  std::string hhhash;        // "hhh:1:<64 hex digits>", of the response's header names
  std::string favicon_mmh3;  // decimal, of a captured picture that is a favicon; else empty
  friend bool operator==(const Fingerprints&, const Fingerprints&) = default;
};

// Why a page has its class.
struct ClassDecision {
  std::uint8_t confidence = 0;  // 0..100
  FoundBy by = FoundBy::kGeneric;
  std::vector<std::string> reasons;  // short sentences of ours
  std::string proxy_suspect;         // the onion host that the page says is its own, where it is another
  friend bool operator==(const ClassDecision&, const ClassDecision&) = default;
};

struct Link {
  LinkKind kind = LinkKind::kAnchor;
  std::string url;    // absolute, normalised http(s), without fragment
  std::string text;   // anchor text, folded
  std::string rel{};  // as in the attribute, folded
  friend bool operator==(const Link&, const Link&) = default;
};

struct FormInput {
  std::string name, type, value;
  friend bool operator==(const FormInput&, const FormInput&) = default;
};

struct Form {
  std::string action;  // absolute URL, or empty
  std::string method;  // "get" or "post"
  std::vector<FormInput> inputs;
  friend bool operator==(const Form&, const Form&) = default;
};

// A picture that a wall asks a person about: where it lies, or its bytes where the page carries them itself.
struct Picture {
  std::string url;  // absolute, normalised http(s), without fragment; empty where `bytes` is not
  Bytes bytes;      // of a data: URL
  friend bool operator==(const Picture&, const Picture&) = default;
};

// Which reader made a Facts value. Raised whenever the same bytes may give other facts, so that a change of
// rules is never mistaken for a change of the page.
inline constexpr std::string_view kExtractor = "nightjar-extract/5";
inline constexpr std::uint8_t kFactsFormat = 3;

inline constexpr std::uint32_t kNoRefresh = UINT32_MAX;

struct Facts {
  std::string extractor;  // kExtractor of the build that read the page
  Verdict verdict = Verdict::kOk;
  std::string reason;  // one short sentence of ours when the verdict is not kOk
  PageClass page_class = PageClass::kContent;
  PageKind page_kind = PageKind::kOther;
  std::string sandbox;  // "full" or "reduced": the walls that stood
  std::string charset;  // WHATWG name in lower case, for example "utf-8"
  std::uint32_t decoded_size = 0;
  std::string title;
  std::string text;  // what a person would see; blocks separated by '\n'
  std::string
      hidden_text;  // what a person does not see, a line each: "display-none: text" (extract/visibility.h)
  std::vector<Link> links;
  std::vector<Form> forms;
  std::vector<Field> fields;
  std::uint32_t refresh_seconds = kNoRefresh;  // what a meta or header refresh says; kNoRefresh: no refresh
  std::vector<Picture> wall_pictures;          // of a page that stands in another's place; else empty
  std::string profile;  // "apollon sha256:<16 hex digits>" of the profile that read the page, or empty
  ClassDecision decision;
  std::string folded_text;  // text with look-alike letters as plain ones, for search; empty where it is equal
  // Ranges of `text` that are menus, side bars and footers, in order. Stored facts also hold here what the
  // indexer knows to be repeated all over the site (indexer/repetition).
  std::vector<Span> furniture;
  std::vector<Item> items;
  std::vector<Entity> entities;
  std::vector<Heading> headings;
  std::vector<Image> images;
  std::vector<Statement> statements;
  std::vector<Language> languages;  // at most three, most of the text first
  Marks marks;
  Fingerprints fingerprints;
  friend bool operator==(const Facts&, const Facts&) = default;
};

// Caps, part of the format: a value over a cap is cut (text, at a character) or dropped (the rest), in the
// jail.
inline constexpr std::size_t kMaxTitle = 1024;
inline constexpr std::size_t kMaxText = 2 << 20;
inline constexpr std::size_t kMaxHiddenText = 256 << 10;
inline constexpr std::size_t kMaxLinks = 4096;
inline constexpr std::size_t kMaxUrl = 2048;
inline constexpr std::size_t kMaxForms = 64;
inline constexpr std::size_t kMaxInputs = 128;
inline constexpr std::size_t kMaxFields = 512;
inline constexpr std::size_t kMaxFieldValue = 64 << 10;
inline constexpr std::size_t kMaxItems = 1024;
inline constexpr std::size_t kMaxItemFields = 64;
inline constexpr std::size_t kMaxEntities = 2048;
inline constexpr std::size_t kMaxEntityValue = 1024;
inline constexpr std::size_t kMaxHeadings = 256;
inline constexpr std::size_t kMaxImages = 1024;
inline constexpr std::size_t kMaxStatements = 256;
inline constexpr std::size_t kMaxStatementValue = 4096;
inline constexpr std::size_t kMaxLanguages = 3;
inline constexpr std::size_t kMaxReasons = 16;
inline constexpr std::size_t kMaxFurniture = 4096;
inline constexpr std::size_t kMaxShort = 512;  // names, units, anchor texts, charset, input values
inline constexpr std::size_t kMaxPictures = 4;
inline constexpr std::size_t kMaxPictureBytes = 128 << 10;
inline constexpr std::size_t kMaxEncodedFacts =
    16 << 20;  // the whole record, and so the longest frame from a worker

// Makes every cap above hold: texts are cut at a character, list elements over a count, a length or the whole
// frame's budget are dropped, later ones first. Called in the jail, last thing before Encode.
void HoldCaps(Facts& facts);

[[nodiscard]] Bytes Encode(const Facts& facts);

// Strict: enum values in range, every cap held, all text valid UTF-8, nothing left over. kCorrupt otherwise.
[[nodiscard]] Result<Facts> Decode(ByteView bytes);

}  // namespace nightjar::wire
