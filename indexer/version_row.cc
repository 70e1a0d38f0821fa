// SPDX-License-Identifier: Apache-2.0
#include "indexer/version_row.h"

#include <algorithm>
#include <optional>

#include "indexer/fact_terms.h"
#include "indexer/query/schema.h"
#include "indexer/query/terms.h"
#include "indexer/rates/price_in_usd.h"

namespace nightjar::indexer {
namespace {

using columns::Column;

constexpr std::size_t kMostInList = 32;

const wire::Field* First(const wire::Facts& facts, std::string_view name) {
  const auto field = std::ranges::find(facts.fields, name, &wire::Field::name);
  return field == facts.fields.end() ? nullptr : &*field;
}

std::string ValueOf(const wire::Facts& facts, std::string_view name) {
  const wire::Field* field = First(facts, name);
  return field == nullptr ? std::string() : field->value;
}

// In page order, each once.
std::string ListOf(const wire::Facts& facts, std::string_view name) {
  std::vector<std::string> values;
  for (const wire::Field& field : facts.fields) {
    if (field.name != name || field.value.empty() || std::ranges::count(values, field.value) != 0) continue;
    if (values.size() == kMostInList) break;
    values.push_back(field.value);
  }
  return columns::JoinList(values);
}

// Every field that a query may ask numbers of, from its first value on the page.
Status WriteDecimals(const Observation& observation, columns::DocumentNumber document,
                     columns::Writer& columns) {
  for (const query::FieldRow& row : query::kFields) {
    if (row.type != query::FieldType::kNumber && row.type != query::FieldType::kAmount) continue;
    const wire::Field* field = First(observation.facts, row.name);
    const auto amount = field == nullptr ? std::nullopt : rates::AmountOf(*field);
    if (amount) RETURN_IF_ERROR(columns.SetDecimal(row.column, document, *amount));
  }
  const auto usd = rates::PriceInUsd(observation.facts, observation.record.ended, observation.rates);
  if (!usd) return {};
  ASSIGN_OR_RETURN(const std::uint32_t source, columns.SymbolOf(Column::kRateSource, usd->source));
  RETURN_IF_ERROR(columns.Set(Column::kRateSource, document, source));
  return columns.SetDecimal(Column::kUsd, document, usd->amount);
}

// Widens the span by one more, the `count`-th after so many.
Status Widen(CaptureNumber number, UtcTime when, std::uint32_t count, columns::DocumentNumber document,
             columns::Writer& columns) {
  RETURN_IF_ERROR(columns.Set(Column::kCaptures, document, count + 1));
  const auto capture = static_cast<std::uint32_t>(number.value);
  for (const auto& [first, last, value] :
       {std::tuple(Column::kFirstSeen, Column::kLastSeen, ColumnTime(when)),
        std::tuple(Column::kFirstCapture, Column::kLastCapture, capture)}) {
    ASSIGN_OR_RETURN(const std::uint32_t low, columns.Get(first, document));
    ASSIGN_OR_RETURN(const std::uint32_t high, columns.Get(last, document));
    if (count == 0 || value < low) RETURN_IF_ERROR(columns.Set(first, document, value));
    if (count == 0 || value > high) RETURN_IF_ERROR(columns.Set(last, document, value));
  }
  return {};
}

}  // namespace

Status WriteRow(const Observation& observation, columns::DocumentNumber document, columns::Writer& columns) {
  const wire::Facts& facts = observation.facts;
  const wire::Field* price = First(facts, "price");
  const std::string host = HostOf(observation.record.url);
  const std::pair<Column, std::string> symbols[] = {
      {Column::kKind, std::string(wire::PageKindName(facts.page_kind))},
      {Column::kClass, std::string(wire::PageClassName(facts.page_class))},
      {Column::kCase, observation.record.case_id.value},
      {Column::kHost, host},
      {Column::kSite, observation.site.empty() ? query::SiteOf(host) : observation.site},
      {Column::kVendor, ValueOf(facts, "vendor")},
      {Column::kCategory, ListOf(facts, "category")},
      {Column::kShipsFrom, ListOf(facts, "ships_from")},
      {Column::kShipsTo, ListOf(facts, "ships_to")},
      {Column::kCurrency, price == nullptr ? std::string() : price->unit},
      {Column::kLanguage, facts.languages.empty() ? std::string() : facts.languages.front().code}};
  for (const auto& [column, text] : symbols) {
    ASSIGN_OR_RETURN(const std::uint32_t symbol, columns.SymbolOf(column, text));
    RETURN_IF_ERROR(columns.Set(column, document, symbol));
  }
  return WriteDecimals(observation, document, columns);
}

Result<bool> Observe(CaptureNumber number, UtcTime when, columns::DocumentNumber document,
                     columns::Writer& columns) {
  ASSIGN_OR_RETURN(const bool fresh, columns.AddCapture(document, number));
  if (!fresh) return false;
  ASSIGN_OR_RETURN(const std::uint32_t count, columns.Get(Column::kCaptures, document));
  RETURN_IF_ERROR(Widen(number, when, count, document, columns));
  return true;
}

Status ObserveOnly(const std::vector<CaptureNumber>& captures,
                   const std::function<Result<UtcTime>(CaptureNumber)>& ended,
                   columns::DocumentNumber document, columns::Writer& columns) {
  std::uint32_t count = 0;
  for (const CaptureNumber number : captures) {
    ASSIGN_OR_RETURN(const UtcTime when, ended(number));
    RETURN_IF_ERROR(Widen(number, when, count++, document, columns));
  }
  return {};
}

std::uint32_t ColumnTime(UtcTime time) {
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(UnixSeconds(time), 1, UINT32_MAX));
}

}  // namespace nightjar::indexer
