// SPDX-License-Identifier: Apache-2.0
// The words for the enumerations of facts.h: they stand in the index, in JSON and on pages, so they never
// change.
#include <array>

#include "sandbox/wire/facts.h"

namespace nightjar::wire {
namespace {

template <std::size_t N, typename Enum>
std::string_view NameIn(const std::array<std::string_view, N>& names, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  return index < N ? names[index] : "unknown";
}

constexpr std::array<std::string_view, 9> kVerdicts = {
    "ok",        "not-text", "fallback-deep",  "fallback-large", "bad-coding",
    "timed-out", "crashed",  "refused-answer", "quarantined"};
constexpr std::array<std::string_view, 12> kPageClasses = {
    "content", "empty",       "login",     "captcha",        "ddos-wait",      "logged-out",
    "banned",  "maintenance", "not-found", "phishing-proxy", "seizure-notice", "error"};
constexpr std::array<std::string_view, 9> kPageKinds = {"other",  "listing",  "vendor", "index", "category",
                                                        "thread", "feedback", "main",   "board"};
constexpr std::array<std::string_view, 11> kFieldTypes = {
    "text", "money", "count", "country", "date", "duration", "rating", "enum", "flag", "link", "pgp"};
constexpr std::array<std::string_view, 5> kLinkKinds = {"anchor", "redirect", "refresh", "frame",
                                                        "onion-location"};

static_assert(kVerdicts.size() == static_cast<std::size_t>(Verdict::kQuarantined) + 1);
static_assert(kPageClasses.size() == static_cast<std::size_t>(PageClass::kError) + 1);
static_assert(kPageKinds.size() == static_cast<std::size_t>(PageKind::kBoard) + 1);
static_assert(kFieldTypes.size() == static_cast<std::size_t>(FieldType::kPgp) + 1);
static_assert(kLinkKinds.size() == static_cast<std::size_t>(LinkKind::kOnionLocation) + 1);

}  // namespace

std::string_view VerdictName(Verdict verdict) { return NameIn(kVerdicts, verdict); }
std::string_view PageClassName(PageClass page_class) { return NameIn(kPageClasses, page_class); }
std::string_view PageKindName(PageKind kind) { return NameIn(kPageKinds, kind); }
std::string_view FieldTypeName(FieldType type) { return NameIn(kFieldTypes, type); }
std::string_view LinkKindName(LinkKind kind) { return NameIn(kLinkKinds, kind); }

}  // namespace nightjar::wire
