// SPDX-License-Identifier: Apache-2.0
#include "indexer/vendor_links.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/bytes.h"
#include "base/url_bytes.h"
#include "indexer/each_item.h"

namespace nightjar::indexer {
namespace {

// Kinds of entities that lead to a person or its money (sandbox/entities/kinds.cc).
constexpr auto kContactKinds = std::to_array<std::string_view>(
    {"bch", "btc", "dash",     "discord", "doge",    "email",  "eth",      "iban",
     "icq", "ltc", "matrix",   "phone",   "session", "signal", "telegram", "threema",
     "tox", "trx", "whatsapp", "wickr",   "xmpp",    "xmr",    "xrp",      "zec"});
constexpr auto kTextFields = std::to_array<std::string_view>({"about", "description", "terms"});

bool IsAmong(const auto& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

std::string LowerCase(std::string text) {
  for (char& c : text) c = url::ToLower(c);
  return text;
}

bool InFurniture(const wire::Facts& facts, const wire::Span& span) {
  return std::ranges::any_of(facts.furniture, [&](const wire::Span& furniture) {
    return span.begin >= furniture.begin && span.begin < furniture.end;
  });
}

void AddContacts(const wire::Facts& facts, identity::Vendor& vendor) {
  for (const wire::Entity& entity : facts.entities) {
    if (entity.hidden || !IsAmong(kContactKinds, entity.kind) || InFurniture(facts, entity.span)) continue;
    identity::Contact contact{entity.kind, entity.value};
    if (std::ranges::find(vendor.contacts, contact) == vendor.contacts.end())
      vendor.contacts.push_back(std::move(contact));
  }
}

// "Verified at another market": rows that profiles call imported_rating.
void AddClaims(const wire::Facts& facts, identity::Vendor& vendor) {
  for (const wire::Item& row : facts.items) {
    if (row.kind != "imported_rating") continue;
    identity::Claim claim;
    for (const wire::Field& field : row.fields) {
      if (field.name == "market") claim.site = LowerCase(field.value);
      if (field.name == "vendor") claim.name = field.value;
    }
    if (!claim.site.empty()) vendor.claims.push_back(std::move(claim));
  }
}

CaptureNumber NewestCapture(const items::State& state) {
  CaptureNumber newest{};
  for (const items::KnownValue& known : state.values) newest = std::max(newest, known.capture);
  return newest;
}

Result<KnownVendor> Known(const items::ItemId& id, const items::State& state,
                          const facts::FactsStore& facts) {
  KnownVendor known{id, state, {}};
  known.marks = {.item = HexEncode(id.value),
                 .site = state.key.site,
                 .site_names = {LowerCase(state.key.site)},
                 .name = state.title};
  std::vector<std::string> texts;
  for (const items::KnownValue& value : state.values) {
    if (value.value.name == "pgp_key") known.marks.keys.push_back(value.value.value);
    if (IsAmong(kTextFields, value.value.name)) texts.push_back(value.value.value);
  }
  known.marks.texts = identity::SketchOf(texts);
  const auto page = facts.Get(NewestCapture(state));
  if (!page && page.error().code != Code::kNotFound) return tl::unexpected<Error>(page.error());
  if (page) {
    AddContacts(*page, known.marks);
    AddClaims(*page, known.marks);
  }
  return known;
}

}  // namespace

Result<std::vector<KnownVendor>> ReadVendors(const items::ItemStore& store, const facts::FactsStore& facts,
                                             const std::string& case_id) {
  std::vector<KnownVendor> vendors;
  RETURN_IF_ERROR(EachItem(store, [&](const items::ItemId& id, const items::State& state) -> Status {
    if (state.key.kind != items::ItemKind::kVendor) return {};
    if (!case_id.empty() && state.key.case_id != case_id) return {};
    ASSIGN_OR_RETURN(KnownVendor vendor, Known(id, state, facts));
    vendors.push_back(std::move(vendor));
    return {};
  }));
  return vendors;
}

std::vector<identity::Edge> LinkVendors(const std::vector<KnownVendor>& vendors) {
  std::map<std::string, std::vector<std::size_t>> cases;
  for (std::size_t i = 0; i < vendors.size(); ++i) cases[vendors[i].state.key.case_id].push_back(i);
  std::vector<identity::Edge> all;
  for (const auto& [name, places] : cases) {
    std::vector<identity::Vendor> marks;
    marks.reserve(places.size());
    for (const std::size_t place : places) marks.push_back(vendors[place].marks);
    for (identity::Edge& edge : identity::Link(marks)) {
      edge.a = places[edge.a];
      edge.b = places[edge.b];
      all.push_back(std::move(edge));
    }
  }
  return all;
}

}  // namespace nightjar::indexer
