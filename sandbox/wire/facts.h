// SPDX-License-Identifier: Apache-2.0
// Facts: what the jail read out of one capture. The only shape that crosses the jail's wall towards the rest
// of Nightjar. Derived data, never evidence: the same parser build gives byte-identical facts for the same
// bytes.
//
// Everything in a Facts value comes from hostile bytes. Decode() checks form (bounds, UTF-8, enum ranges);
// the pool checks meaning (URLs parse and are normalised, spans lie inside the document) before anyone else
// sees it.
// Format of Encode(): base/codec.h, first byte kFactsFormat, then the members of Facts in their order here.
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

enum class PageKind : std::uint8_t { kOther, kListing, kVendor, kIndex, kCategory, kThread, kFeedback };
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

// One value read from the page. Names: title, price, vendor, category, ships_from, ships_to, description,
// stock, ... (snake_case, the field schema's). Money: value is the exact decimal ("1108.00"), unit the
// currency ("USD", "BTC").
struct Field {
  std::string name;
  std::string value;
  std::string unit;  // empty where none applies
  std::string raw;   // as printed on the page
  Span span;
  std::uint8_t confidence = 0;  // 0..100
  friend bool operator==(const Field&, const Field&) = default;
};

struct Link {
  LinkKind kind = LinkKind::kAnchor;
  std::string url;   // absolute, normalised http(s), without fragment
  std::string text;  // anchor text, folded
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
inline constexpr std::string_view kExtractor = "nightjar-extract/2";
inline constexpr std::uint8_t kFactsFormat = 2;

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
  std::string text;         // what a person would see; blocks separated by '\n'
  std::string hidden_text;  // display:none and the like; kept apart, never searched as visible text
  std::vector<Link> links;
  std::vector<Form> forms;
  std::vector<Field> fields;
  std::uint32_t refresh_seconds = kNoRefresh;  // what a meta or header refresh says; kNoRefresh: no refresh
  std::vector<Picture> wall_pictures;          // of a page that stands in another's place; else empty
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
