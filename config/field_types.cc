// SPDX-License-Identifier: Apache-2.0
#include "config/field_types.h"

#include <algorithm>
#include <array>
#include <utility>

namespace nightjar::config {
namespace {

using wire::FieldType;

constexpr auto kUsual = std::to_array<std::pair<std::string_view, FieldType>>({
    {"price", FieldType::kMoney},
    {"price_second", FieldType::kMoney},
    {"price_in_coins", FieldType::kMoney},
    {"bulk_price", FieldType::kMoney},
    {"amount", FieldType::kMoney},
    {"ships_from", FieldType::kCountry},
    {"ships_to", FieldType::kCountry},
    {"stock", FieldType::kCount},
    {"sold", FieldType::kCount},
    {"views", FieldType::kCount},
    {"sales", FieldType::kCount},
    {"orders", FieldType::kCount},
    {"level", FieldType::kCount},
    {"trust_level", FieldType::kCount},
    {"disputes_won", FieldType::kCount},
    {"disputes_lost", FieldType::kCount},
    {"rating", FieldType::kRating},
    {"rating_count", FieldType::kCount},
    {"score", FieldType::kRating},
    {"count", FieldType::kCount},
    {"announced_count", FieldType::kCount},
    {"page", FieldType::kCount},
    {"last_page", FieldType::kCount},
    {"escrow", FieldType::kFlag},
    {"vacation", FieldType::kFlag},
    {"finalize_early", FieldType::kFlag},
    {"member_since", FieldType::kDate},
    {"last_seen", FieldType::kDate},
    {"posted_at", FieldType::kDate},
    {"edited_at", FieldType::kDate},
    {"updated_at", FieldType::kDate},
    {"date", FieldType::kDate},
    {"age", FieldType::kDuration},
    {"link", FieldType::kLink},
    {"next_page", FieldType::kLink},
    {"pgp", FieldType::kPgp},
});

}  // namespace

FieldType UsualTypeOf(std::string_view field) {
  const auto* found = std::ranges::find(kUsual, field, [](const auto& usual) { return usual.first; });
  return found == kUsual.end() ? FieldType::kText : found->second;
}

std::optional<FieldType> FieldTypeNamed(std::string_view name) {
  for (auto type = std::uint8_t{0}; type <= static_cast<std::uint8_t>(FieldType::kPgp); ++type)
    if (wire::FieldTypeName(static_cast<FieldType>(type)) == name) return static_cast<FieldType>(type);
  return std::nullopt;
}

}  // namespace nightjar::config
