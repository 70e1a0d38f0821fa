// SPDX-License-Identifier: Apache-2.0
#include "indexer/fact_terms.h"

#include <algorithm>
#include <initializer_list>

#include "base/codec.h"
#include "base/url.h"
#include "indexer/query/schema.h"
#include "indexer/query/terms.h"
#include "indexer/rates/price_in_usd.h"
#include "indexer/word_forms.h"

namespace nightjar::indexer {
namespace {

using query::Field;
using query::FieldRow;
using query::FieldType;

constexpr std::size_t kLongestWords = 4 << 10;  // bytes of a field value that are indexed as words

void AddExact(Xapian::Document& document, std::string_view field, std::string_view value) {
  if (!value.empty()) document.add_boolean_term(query::ExactTerm(Field(field), value));
}

void AddWords(Xapian::TermGenerator& splitter, const FieldRow& row, std::string_view value) {
  splitter.set_stemming_strategy(Xapian::TermGenerator::STEM_NONE);
  splitter.increase_termpos(kGapBetweenParts);
  splitter.index_text(std::string(Utf8Prefix(value, kLongestWords)), 1, std::string(row.prefix));
}

void AddFieldWords(Xapian::TermGenerator& splitter, const Observation& observation) {
  for (const wire::Field& field : observation.facts.fields) {
    const FieldRow* row = query::FindField(field.name);
    if (row == nullptr || row->type != FieldType::kWords) continue;
    AddWords(splitter, *row, field.value);
    if (field.name != "category" || observation.categories == nullptr) continue;
    // The shared words stand beside the site's own; a query's dot and a path's sign are both no letters.
    for (const std::string& term : observation.categories->TermsOf(field.value))
      AddWords(splitter, *row, term);
  }
}

// The amounts are in columns (version_row.cc).
void AddCurrencies(Xapian::Document& document, const wire::Facts& facts) {
  for (const FieldRow& row : query::kFields) {
    if (row.type != FieldType::kAmount) continue;
    const auto field = std::ranges::find(facts.fields, row.name, &wire::Field::name);
    if (field != facts.fields.end() && rates::AmountOf(*field)) AddExact(document, row.name, field->unit);
  }
}

// A fingerprint is asked for whole or by its tails, as people quote them.
void AddKey(Xapian::Document& document, std::string_view hex) {
  for (const std::size_t digits : {hex.size(), std::size_t{16}, std::size_t{8}})
    if (digits <= hex.size()) AddExact(document, "pgp", hex.substr(hex.size() - digits));
}

bool IsAnyOf(std::string_view kind, std::initializer_list<std::string_view> kinds) {
  return std::ranges::find(kinds, kind) != kinds.end();
}

void AddEntities(Xapian::Document& document, const wire::Facts& facts) {
  for (const wire::Entity& entity : facts.entities) {
    AddExact(document, "entity", entity.kind);
    AddExact(document, "entity", entity.kind + " " + entity.value);
    if (IsAnyOf(entity.kind, {"bch", "btc", "dash", "doge", "eth", "ltc", "trx", "xmr", "xrp", "zec"}))
      AddExact(document, "addr", entity.value);
    if (IsAnyOf(entity.kind, {"discord", "email", "icq", "matrix", "phone", "session", "signal", "telegram",
                              "threema", "tox", "whatsapp", "wickr", "xmpp"}))
      AddExact(document, "handle", query::CanonicalValue(Field("handle"), entity.value));
    if (IsAnyOf(entity.kind, {"pgp_fingerprint", "pgp_key", "pgp_key_id", "pgp_subkey"}))
      AddKey(document, entity.value);
  }
}

// What the index knows of the page beside its facts.
void AddPlace(Xapian::Document& document, const Observation& observation) {
  AddExact(document, "site", observation.site);
  AddExact(document, "item", HexEncode(observation.item));
  for (const std::string& change : observation.changes) AddExact(document, "changed", change);
  if (!observation.changes.empty()) AddExact(document, "changed", "any");
}

}  // namespace

std::string HostOf(const std::string& url) {
  const auto parsed = Url::Parse(url);
  return parsed ? parsed->host() : std::string();
}

void AddFactTerms(Xapian::Document& document, Xapian::TermGenerator& splitter,
                  const Observation& observation) {
  const wire::Facts& facts = observation.facts;
  AddWordForms(document, facts);
  AddFieldWords(splitter, observation);
  AddCurrencies(document, facts);
  AddEntities(document, facts);
  AddPlace(document, observation);
  const std::string host = HostOf(observation.record.url);
  AddExact(document, "host", host);
  AddExact(document, "site", query::SiteOf(host));
  AddExact(document, "url", query::CanonicalUrl(observation.record.url));
  AddExact(document, "kind", wire::PageKindName(facts.page_kind));
  if (std::ranges::find(facts.items, "post", &wire::Item::kind) != facts.items.end())
    AddExact(document, "kind", "post");
  for (const wire::Language& language : facts.languages) AddExact(document, "lang", language.code);
  AddExact(document, "class", wire::PageClassName(facts.page_class));
  if (facts.page_class != wire::PageClass::kContent)
    document.add_boolean_term(std::string(query::kNoContentTerm));
  AddExact(document, "verdict", wire::VerdictName(facts.verdict));
  AddExact(document, "case", observation.record.case_id.value);
}

}  // namespace nightjar::indexer
