// SPDX-License-Identifier: Apache-2.0
// The members of everything in Facts, in the order of the format, each with its cap: said once for the
// encoder, the decoder, the cutter and the counter of bytes, and for archive/masks, which must meet every
// text.
//
// A visitor V has, for a member m:
//   v.Text(m, max)       UTF-8, cut at a character where it is longer
//   v.Whole(m, max)      UTF-8 of which a part would be another value (a URL): emptied where it is longer
//   v.Raw(m, max)        any bytes, emptied where they are longer
//   v.Choice(m, last)    an enumeration up to `last`
//   v.Number(m, max)     a byte up to `max`
//   v.Flag(m), v.U32(m)
//   v.Range(m)           a Span
//   v.List(m, max)       elements with members of their own
#pragma once

#include "sandbox/wire/facts.h"

namespace nightjar::wire {

template <typename T, typename Bare>
concept MaybeConst = std::is_same_v<std::remove_const_t<T>, Bare>;

template <typename V, MaybeConst<Span> T>
void VisitMembers(V& v, T& span) {
  v.Range(span);
}

template <typename V, MaybeConst<Link> T>
void VisitMembers(V& v, T& link) {
  v.Choice(link.kind, LinkKind::kOnionLocation);
  v.Whole(link.url, kMaxUrl);
  v.Text(link.text, kMaxShort);
  v.Text(link.rel, kMaxShort);
}

template <typename V, MaybeConst<FormInput> T>
void VisitMembers(V& v, T& input) {
  v.Text(input.name, kMaxShort);
  v.Text(input.type, kMaxShort);
  v.Text(input.value, kMaxShort);
}

template <typename V, MaybeConst<Form> T>
void VisitMembers(V& v, T& form) {
  v.Whole(form.action, kMaxUrl);
  v.Text(form.method, kMaxShort);
  v.List(form.inputs, kMaxInputs);
}

template <typename V, MaybeConst<Picture> T>
void VisitMembers(V& v, T& picture) {
  v.Whole(picture.url, kMaxUrl);
  v.Raw(picture.bytes, kMaxPictureBytes);
}

template <typename V, MaybeConst<Field> T>
void VisitMembers(V& v, T& field) {
  v.Text(field.name, kMaxShort);
  v.Choice(field.type, FieldType::kPgp);
  v.Choice(field.by, FoundBy::kProfile);
  v.Text(field.value, kMaxFieldValue);
  v.Text(field.unit, kMaxShort);
  v.Text(field.raw, kMaxFieldValue);
  v.Range(field.span);
  v.Number(field.confidence, 100);
}

template <typename V, MaybeConst<Item> T>
void VisitMembers(V& v, T& item) {
  v.Text(item.kind, kMaxShort);
  v.Range(item.span);
  v.List(item.fields, kMaxItemFields);
}

template <typename V, MaybeConst<Entity> T>
void VisitMembers(V& v, T& entity) {
  v.Text(entity.kind, kMaxShort);
  v.Whole(entity.value, kMaxEntityValue);
  v.Text(entity.note, kMaxShort);
  v.Flag(entity.hidden);
  v.Range(entity.span);
  v.Number(entity.confidence, 100);
}

template <typename V, MaybeConst<Heading> T>
void VisitMembers(V& v, T& heading) {
  v.Number(heading.level, 6);
  v.Text(heading.text, kMaxShort);
}

template <typename V, MaybeConst<Image> T>
void VisitMembers(V& v, T& image) {
  v.Whole(image.url, kMaxUrl);
  v.Text(image.alt, kMaxShort);
}

template <typename V, MaybeConst<Statement> T>
void VisitMembers(V& v, T& statement) {
  v.Text(statement.vocabulary, kMaxShort);
  v.Text(statement.name, kMaxShort);
  v.Text(statement.value, kMaxStatementValue);
}

template <typename V, MaybeConst<Language> T>
void VisitMembers(V& v, T& language) {
  v.Text(language.code, kMaxShort);
  v.Number(language.percent, 100);
}

template <typename V, MaybeConst<std::string> T>
void VisitMembers(V& v, T& reason) {
  v.Text(reason, kMaxShort);
}

template <typename V, MaybeConst<std::uint32_t> T>
void VisitMembers(V& v, T& number) {
  v.U32(number);
}

template <typename V, MaybeConst<ClassDecision> T>
void VisitMembers(V& v, T& decision) {
  v.Number(decision.confidence, 100);
  v.Choice(decision.by, FoundBy::kProfile);
  v.List(decision.reasons, kMaxReasons);
  v.Text(decision.proxy_suspect, kMaxShort);
}

template <typename V, MaybeConst<Fingerprints> T>
void VisitMembers(V& v, T& prints) {
  v.Text(prints.body_sha256, kMaxShort);
  v.Text(prints.simhash, kMaxShort);
  v.Text(prints.dom_hash, kMaxShort);
  v.Text(prints.hhhash, kMaxShort);
  v.Text(prints.favicon_mmh3, kMaxShort);
}

// The long texts come before the lists, and the lists in the order in which they may use up the frame: what
// counts most first.
template <typename V, MaybeConst<Facts> T>
void VisitMembers(V& v, T& facts) {
  v.Text(facts.extractor, kMaxShort);
  v.Choice(facts.verdict, Verdict::kQuarantined);
  v.Text(facts.reason, kMaxShort);
  v.Choice(facts.page_class, PageClass::kError);
  v.Choice(facts.page_kind, PageKind::kBoard);
  v.Text(facts.sandbox, kMaxShort);
  v.Text(facts.charset, kMaxShort);
  v.U32(facts.decoded_size);
  v.U32(facts.refresh_seconds);
  v.Text(facts.profile, kMaxShort);
  VisitMembers(v, facts.decision);
  v.U32(facts.marks.zero_width);
  v.U32(facts.marks.bidi);
  VisitMembers(v, facts.fingerprints);
  v.Text(facts.title, kMaxTitle);
  v.Text(facts.text, kMaxText);
  v.Text(facts.hidden_text, kMaxHiddenText);
  v.Text(facts.folded_text, kMaxText);
  v.List(facts.wall_pictures, kMaxPictures);
  v.List(facts.fields, kMaxFields);
  v.List(facts.items, kMaxItems);
  v.List(facts.entities, kMaxEntities);
  v.List(facts.links, kMaxLinks);
  v.List(facts.forms, kMaxForms);
  v.List(facts.furniture, kMaxFurniture);
  v.List(facts.headings, kMaxHeadings);
  v.List(facts.statements, kMaxStatements);
  v.List(facts.images, kMaxImages);
  v.List(facts.languages, kMaxLanguages);
}

}  // namespace nightjar::wire
