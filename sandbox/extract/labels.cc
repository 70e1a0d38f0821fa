// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/labels.h"

#include <unordered_map>

#include "sandbox/extract/words.h"
#include "sandbox/values/letters.h"

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
    {"available quantity", "stock"}, {"remaining", "stock"}, {"left in stock", "stock"}, {"availability", "stock"}, {"available", "stock"},

    {"member since", "member_since"}, {"registered", "member_since"}, {"joined", "member_since"},
    {"with us since", "member_since"}, {"vendor since", "member_since"}, {"registration date", "member_since"},
    {"join date", "member_since"}, {"seller since", "member_since"}, {"register date", "member_since"},
    {"user since", "member_since"}, {"member from", "member_since"}, {"registered since", "member_since"},
    {"last seen", "last_seen"}, {"last login", "last_seen"}, {"last active", "last_seen"}, {"last online", "last_seen"},
    {"last visit", "last_seen"}, {"last activity", "last_seen"}, {"last logged in", "last_seen"},

    {"sold", "sold"}, {"items sold", "sold"}, {"units sold", "sold"}, {"times sold", "sold"}, {"total sold", "sold"}, {"purchases", "sold"},
    {"verkauft", "sold"}, {"vendu", "sold"}, {"продано", "sold"},
    {"views", "views"}, {"viewed", "views"}, {"visits", "views"}, {"просмотры", "views"}, {"просмотров", "views"},
    {"quantity", "stock"}, {"lager", "stock"}, {"bestand", "stock"}, {"en stock", "stock"}, {"в наличии", "stock"},
    {"rating", "rating"}, {"average rating", "rating"}, {"user rating", "rating"}, {"vendor rating", "rating"}, {"positive feedback", "rating"},
    {"feedback score", "rating"}, {"reputation", "rating"}, {"bewertung", "rating"}, {"рейтинг", "rating"}, {"note", "rating"},
    {"sales", "sales"}, {"total sales", "sales"}, {"deals", "sales"}, {"completed orders", "sales"}, {"transactions", "sales"},
    {"finished orders", "sales"}, {"verkäufe", "sales"}, {"ventes", "sales"}, {"сделок", "sales"}, {"продаж", "sales"},
    {"level", "level"}, {"vendor level", "level"}, {"seller level", "level"}, {"trust level", "trust_level"},
    {"payment", "payment"}, {"payment type", "payment"}, {"payment method", "payment"}, {"escrow type", "payment"}, {"zahlung", "payment"},
    {"escrow", "escrow"}, {"multisig", "multisig"}, {"fe", "finalize_early"}, {"fe enabled", "finalize_early"}, {"fe allowed", "finalize_early"},
    {"finalize early", "finalize_early"}, {"accepts", "accepts"}, {"accepted currencies", "accepts"}, {"accepted coins", "accepts"},
    {"coins accepted", "accepts"}, {"currencies", "accepts"}, {"pay with", "accepts"}, {"payment currencies", "accepts"},
    {"product class", "product_class"}, {"product type", "product_class"}, {"listing type", "product_class"}, {"type", "product_class"}, {"class", "product_class"},
    {"item id", "listing_id"}, {"listing id", "listing_id"}, {"product id", "listing_id"}, {"offer id", "listing_id"}, {"item #", "listing_id"},
    {"created", "posted_at"}, {"posted", "posted_at"}, {"listed", "posted_at"}, {"listed on", "posted_at"}, {"added", "posted_at"}, {"published", "posted_at"},
    {"date added", "posted_at"}, {"listed since", "posted_at"}, {"erstellt", "posted_at"}, {"updated", "updated_at"}, {"last updated", "updated_at"},
    {"min order", "min_order"}, {"minimum order", "min_order"}, {"min. order", "min_order"}, {"max order", "max_order"}, {"maximum order", "max_order"}, {"ends in", "ends_in"},
    {"won/lost disputes", "disputes"}, {"disputes", "disputes"}, {"disputes won", "disputes_won"}, {"disputes lost", "disputes_lost"}, {"disputes won/lost", "disputes"},
    {"orders", "orders"}, {"positive", "feedback_positive"}, {"neutral", "feedback_neutral"}, {"negative", "feedback_negative"},
    {"username", "username"}, {"user name", "username"}, {"nickname", "username"}, {"benutzername", "username"}, {"имя пользователя", "username"},
    {"jabber", "contact"}, {"xmpp", "contact"}, {"e-mail", "contact"}, {"email", "contact"}, {"telegram", "contact"}, {"wickr", "contact"}, {"session id", "contact"},
    {"icq", "contact"}, {"tox", "contact"}, {"signal", "contact"}, {"threema", "contact"}, {"contact", "contact"}, {"protonmail", "contact"},
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

struct TypeRow {
  std::string_view field;
  wire::FieldType type;
};

constexpr TypeRow kTypes[] = {
    {"price", wire::FieldType::kMoney},
    {"ships_from", wire::FieldType::kCountry},
    {"ships_to", wire::FieldType::kCountry},
    {"stock", wire::FieldType::kCount},
    {"sold", wire::FieldType::kCount},
    {"views", wire::FieldType::kCount},
    {"sales", wire::FieldType::kCount},
    {"orders", wire::FieldType::kCount},
    {"disputes_won", wire::FieldType::kCount},
    {"disputes_lost", wire::FieldType::kCount},
    {"feedback_positive", wire::FieldType::kCount},
    {"feedback_neutral", wire::FieldType::kCount},
    {"feedback_negative", wire::FieldType::kCount},
    {"level", wire::FieldType::kCount},
    {"trust_level", wire::FieldType::kCount},
    {"replies", wire::FieldType::kCount},
    {"listing_id", wire::FieldType::kCount},
    {"rating", wire::FieldType::kRating},
    {"member_since", wire::FieldType::kDate},
    {"last_seen", wire::FieldType::kDate},
    {"posted_at", wire::FieldType::kDate},
    {"updated_at", wire::FieldType::kDate},
    {"ends_in", wire::FieldType::kDuration},
    {"escrow", wire::FieldType::kFlag},
    {"multisig", wire::FieldType::kFlag},
    {"finalize_early", wire::FieldType::kFlag},
};

}  // namespace

std::string_view FieldForLabel(std::string_view printed) {
  static const LabelMap map = MakeLabelMap();
  while (!printed.empty() && IsDecoration(printed.front())) printed.remove_prefix(1);
  while (!printed.empty() && IsDecoration(printed.back())) printed.remove_suffix(1);
  if (printed.empty() || printed.size() > kLongestLabel) return {};
  const auto found = map.find(values::LowerCase(Folded(printed)));
  return found == map.end() ? std::string_view() : found->second;
}

wire::FieldType TypeOfField(std::string_view field) {
  for (const TypeRow& row : kTypes) {
    if (row.field == field) return row.type;
  }
  return wire::FieldType::kText;
}

}  // namespace nightjar::extract
