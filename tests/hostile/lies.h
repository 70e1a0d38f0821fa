// SPDX-License-Identifier: Apache-2.0
// What a worker that was taken over may say, each in the right form but for the last ones. One lie a row: the
// program tells it, the test expects the pool to refuse it.
#pragma once

#include <string>
#include <string_view>

#include "sandbox/wire/facts.h"

namespace nightjar::hostile {

struct Lie {
  std::string_view name;  // the document's URL ends in it
  void (*tell)(wire::Facts&);
};

inline wire::Field FieldAt(std::uint32_t end) {
  return {.name = "title", .value = "x", .unit = "", .raw = "x", .span = {0, end}};
}

inline wire::Entity EntityAt(std::uint32_t end) {
  return {.kind = "btc", .value = "x", .note = "", .span = {0, end}};
}

inline constexpr std::uint32_t kBeyond = 1U << 30;  // any document

inline const Lie kLies[] = {
    {"lie-link",
     [](wire::Facts& f) {
       f.links.push_back({wire::LinkKind::kAnchor, "http://EXAMPLE.com", ""});
     }},
    {"lie-file",
     [](wire::Facts& f) {
       f.links.push_back({wire::LinkKind::kAnchor, "file:///etc/passwd", ""});
     }},
    {"lie-fragment",
     [](wire::Facts& f) {
       f.links.push_back({wire::LinkKind::kAnchor, "http://x.org/#a", ""});
     }},
    {"lie-action",
     [](wire::Facts& f) {
       f.forms.push_back({"javascript:x", "get", {}});
     }},
    {"lie-method",
     [](wire::Facts& f) {
       f.forms.push_back({"", "delete", {}});
     }},
    {"lie-picture",
     [](wire::Facts& f) {
       f.wall_pictures.push_back({"", ""});
     }},
    {"lie-image",
     [](wire::Facts& f) {
       f.images.push_back({"data:x", ""});
     }},
    {"lie-span", [](wire::Facts& f) { f.fields.push_back(FieldAt(f.decoded_size + 1)); }},
    {"lie-name", [](wire::Facts& f) { (f.fields = {FieldAt(0)}).front().name = "Not A Name"; }},
    {"lie-item-span",
     [](wire::Facts& f) {
       f.items.push_back({"offer", {0, kBeyond}, {}});
     }},
    {"lie-item-field",
     [](wire::Facts& f) {
       f.items.push_back({"offer", {}, {FieldAt(kBeyond)}});
     }},
    {"lie-item-kind",
     [](wire::Facts& f) {
       f.items.push_back({"", {}, {}});
     }},
    {"lie-entity-span", [](wire::Facts& f) { f.entities.push_back(EntityAt(kBeyond)); }},
    {"lie-entity-kind", [](wire::Facts& f) { (f.entities = {EntityAt(0)}).front().kind = "B T C"; }},
    {"lie-furniture-end",
     [](wire::Facts& f) {
       f.furniture.push_back({0, kBeyond});
     }},
    {"lie-furniture-order",
     [](wire::Facts& f) {
       f.furniture = {{2, 3}, {0, 1}};
     }},
    {"lie-heading",
     [](wire::Facts& f) {
       f.headings.push_back({0, "x"});
     }},
    {"lie-proxy", [](wire::Facts& f) { f.decision.proxy_suspect = "no host at all"; }},
    {"lie-fingerprint", [](wire::Facts& f) { f.fingerprints.simhash = "not hex"; }},
    {"lie-extractor", [](wire::Facts& f) { f.extractor = "nightjar-extract/999"; }},
    {"lie-sandbox", [](wire::Facts& f) { f.sandbox = "none"; }},
    {"lie-verdict-crashed", [](wire::Facts& f) { f.verdict = wire::Verdict::kCrashed; }},
    {"lie-verdict-timed-out", [](wire::Facts& f) { f.verdict = wire::Verdict::kTimedOut; }},
    {"lie-verdict-refused", [](wire::Facts& f) { f.verdict = wire::Verdict::kRefusedAnswer; }},
    // Wrong in form: Encode() holds no caps and checks nothing.
    {"lie-enumeration", [](wire::Facts& f) { f.page_class = static_cast<wire::PageClass>(200); }},
    {"lie-text-utf8", [](wire::Facts& f) { f.text = "\xFF\xFE"; }},
    {"lie-title-utf8", [](wire::Facts& f) { f.title = "\xC0\x80"; }},
    {"lie-entity-utf8", [](wire::Facts& f) { (f.entities = {EntityAt(0)}).front().value = "\xED\xA0\x80"; }},
    {"lie-text-length", [](wire::Facts& f) { f.text.assign(wire::kMaxText + 1, 'x'); }},
    {"lie-title-length", [](wire::Facts& f) { f.title.assign(wire::kMaxTitle + 1, 'x'); }},
    {"lie-link-count",
     [](wire::Facts& f) {
       f.links.assign(wire::kMaxLinks + 1, {wire::LinkKind::kAnchor, "http://x.org/", ""});
     }},
    {"lie-item-count",
     [](wire::Facts& f) {
       f.items.assign(wire::kMaxItems + 1, {"offer", {}, {}});
     }},
    {"lie-entity-count", [](wire::Facts& f) { f.entities.assign(wire::kMaxEntities + 1, EntityAt(0)); }},
    {"lie-image-count",
     [](wire::Facts& f) {
       f.images.assign(wire::kMaxImages + 1, {"", "x"});
     }},
    {"lie-span-backwards",
     [](wire::Facts& f) {
       (f.fields = {FieldAt(0)}).front().span = {2, 1};
     }},
    {"lie-confidence", [](wire::Facts& f) { (f.fields = {FieldAt(0)}).front().confidence = 101; }},
    {"lie-percent",
     [](wire::Facts& f) {
       f.languages = {{"en", 101}};
     }},
};

}  // namespace nightjar::hostile
