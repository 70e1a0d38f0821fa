// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/labels.h"

#include <unordered_map>

#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

struct LabelRow {
  std::string_view label;  // folded, lower case
  std::string_view field;
};

// clang-format off
constexpr LabelRow kLabels[] = {
    {"vendor", "vendor"}, {"vendor name", "vendor"}, {"seller", "vendor"}, {"seller name", "vendor"},
    {"sold by", "vendor"}, {"merchant", "vendor"}, {"offered by", "vendor"}, {"listed by", "vendor"},
    {"posted by", "vendor"}, {"shop", "vendor"}, {"store", "vendor"}, {"supplier", "vendor"}, {"dealer", "vendor"},
    {"verkäufer", "vendor"}, {"vendeur", "vendor"}, {"vendedor", "vendor"}, {"продавец", "vendor"},

    {"price", "price"}, {"sale price", "price"}, {"item price", "price"}, {"unit price", "price"},
    {"price per unit", "price"}, {"price each", "price"}, {"purchase price", "price"}, {"buy now", "price"},
    {"buy price", "price"}, {"cost", "price"}, {"our price", "price"}, {"starting at", "price"},
    {"preis", "price"}, {"prix", "price"}, {"precio", "price"}, {"preço", "price"}, {"prezzo", "price"},
    {"цена", "price"}, {"from price", "price"}, {"price from", "price"}, {"amount", "price"},

    {"ships from", "ships_from"}, {"ship from", "ships_from"}, {"shipping from", "ships_from"},
    {"shipped from", "ships_from"}, {"dispatch from", "ships_from"}, {"dispatched from", "ships_from"},
    {"dispatches from", "ships_from"}, {"sent from", "ships_from"}, {"sends from", "ships_from"},
    {"delivers from", "ships_from"}, {"delivery from", "ships_from"}, {"origin", "ships_from"},
    {"origin country", "ships_from"}, {"country of origin", "ships_from"}, {"item location", "ships_from"},
    {"location", "ships_from"}, {"ships out of", "ships_from"}, {"versand aus", "ships_from"},
    {"expédié de", "ships_from"}, {"envío desde", "ships_from"}, {"откуда", "ships_from"},

    {"ships to", "ships_to"}, {"ship to", "ships_to"}, {"shipping to", "ships_to"}, {"ships worldwide to", "ships_to"},
    {"delivers to", "ships_to"}, {"deliver to", "ships_to"}, {"delivery to", "ships_to"}, {"sends to", "ships_to"},
    {"destination", "ships_to"}, {"destinations", "ships_to"}, {"available to", "ships_to"},
    {"available in", "ships_to"}, {"shipping destinations", "ships_to"}, {"dispatches to", "ships_to"},
    {"versand nach", "ships_to"}, {"expédié vers", "ships_to"}, {"envío a", "ships_to"}, {"куда", "ships_to"},

    {"category", "category"}, {"categories", "category"}, {"section", "category"}, {"department", "category"},
    {"listed in", "category"}, {"filed under", "category"}, {"kategorie", "category"}, {"catégorie", "category"},
    {"categoría", "category"}, {"категория", "category"},

    {"stock", "stock"}, {"in stock", "stock"}, {"items in stock", "stock"}, {"available stock", "stock"},
    {"stock left", "stock"}, {"quantity left", "stock"}, {"quantity available", "stock"}, {"items left", "stock"},
    {"available quantity", "stock"}, {"remaining", "stock"},

    {"member since", "member_since"}, {"registered", "member_since"}, {"joined", "member_since"},
    {"with us since", "member_since"}, {"vendor since", "member_since"}, {"registration date", "member_since"},
    {"join date", "member_since"}, {"seller since", "member_since"}, {"register date", "member_since"},
    {"user since", "member_since"}, {"member from", "member_since"}, {"registered since", "member_since"},
    {"last seen", "last_seen"}, {"last login", "last_seen"}, {"last active", "last_seen"}, {"last online", "last_seen"},
    {"last visit", "last_seen"}, {"last activity", "last_seen"}, {"last logged in", "last_seen"},
};
// clang-format on

constexpr std::size_t kLongestLabel = 40;

using LabelMap = std::unordered_map<std::string_view, std::string_view>;

LabelMap MakeLabelMap() {
  LabelMap map;
  for (const LabelRow& row : kLabels) map.emplace(row.label, row.field);
  return map;
}

bool IsDecoration(char c) {
  return c == ':' || c == ' ' || c == '-' || c == '*' || c == '>' || c == '|' || c == '.' || c == '[' ||
         c == ']';
}

}  // namespace

std::string_view FieldForLabel(std::string_view printed) {
  static const LabelMap map = MakeLabelMap();
  while (!printed.empty() && IsDecoration(printed.front())) printed.remove_prefix(1);
  while (!printed.empty() && IsDecoration(printed.back())) printed.remove_suffix(1);
  if (printed.empty() || printed.size() > kLongestLabel) return {};
  const auto found = map.find(parse::Lower(Folded(printed)));
  return found == map.end() ? std::string_view() : found->second;
}

}  // namespace nightjar::extract
