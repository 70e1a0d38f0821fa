// SPDX-License-Identifier: Apache-2.0
#include "indexer/fact_terms.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/codec.h"
#include "base/url.h"
#include "indexer/query/schema.h"
#include "indexer/query/terms.h"

namespace nightjar::indexer {
namespace {

using query::Field;
using query::FieldRow;
using query::FieldType;

constexpr std::size_t kLongestWords = 4 << 10;  // bytes of a field value that are indexed as words

void AddExact(Xapian::Document& document, std::string_view field, std::string_view value) {
  if (!value.empty()) document.add_boolean_term(query::ExactTerm(Field(field), value));
}

void AddWords(Xapian::TermGenerator& splitter, const wire::Facts& facts) {
  for (const wire::Field& field : facts.fields) {
    const FieldRow* row = query::FindField(field.name);
    if (row == nullptr || row->type != FieldType::kWords) continue;
    splitter.set_stemming_strategy(Xapian::TermGenerator::STEM_NONE);
    splitter.increase_termpos(kGapBetweenParts);
    splitter.index_text(std::string(Utf8Prefix(field.value, kLongestWords)), 1, std::string(row->prefix));
  }
}

void AddPrice(Xapian::Document& document, const wire::Facts& facts) {
  const auto price = std::ranges::find(facts.fields, "price", &wire::Field::name);
  if (price == facts.fields.end()) return;
  double amount = 0;
  const char* end = price->value.data() + price->value.size();
  const auto [rest, error] = std::from_chars(price->value.data(), end, amount, std::chars_format::fixed);
  if (error != std::errc() || rest != end || !std::isfinite(amount) || amount < 0) return;
  document.add_value(query::kPriceSlot, Xapian::sortable_serialise(amount));
  AddExact(document, "price", price->unit);
}

}  // namespace

std::string HostOf(const std::string& url) {
  const auto parsed = Url::Parse(url);
  return parsed ? parsed->host() : std::string();
}

void AddFactTerms(Xapian::Document& document, Xapian::TermGenerator& splitter,
                  const Observation& observation) {
  const wire::Facts& facts = observation.facts;
  AddWords(splitter, facts);
  AddPrice(document, facts);
  const std::string host = HostOf(observation.record.url);
  AddExact(document, "host", host);
  AddExact(document, "site", query::SiteOf(host));
  AddExact(document, "url", query::CanonicalUrl(observation.record.url));
  AddExact(document, "kind", wire::PageKindName(facts.page_kind));
  AddExact(document, "class", wire::PageClassName(facts.page_class));
  if (facts.page_class != wire::PageClass::kContent)
    document.add_boolean_term(std::string(query::kNoContentTerm));
  AddExact(document, "verdict", wire::VerdictName(facts.verdict));
  AddExact(document, "case", observation.record.case_id.value);
}

}  // namespace nightjar::indexer
