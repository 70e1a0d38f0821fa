// SPDX-License-Identifier: Apache-2.0
#include "indexer/items/field_role.h"

#include <algorithm>
#include <array>

namespace nightjar::items {
namespace {

constexpr auto kGauges = std::to_array<std::string_view>({
    "author_posts",  "author_reputation",
    "disputes_lost", "disputes_won",
    "ends_in",       "feedback_count",
    "last_post_at",  "last_seen",
    "level",         "likes",
    "negative",      "neutral",
    "online",        "orders",
    "positive",      "positive_percent",
    "posts",         "price_in_coins",
    "rate",          "rate_time",
    "rating",        "rating_count",
    "replies",       "reputation",
    "sales",         "sold",
    "stock",         "trust_level",
    "vendor_rating", "vendor_sales",
    "views",         "vendor_level",
});
constexpr auto kPassing = std::to_array<std::string_view>({
    "announced_count",
    "imported_slots",
    "last_page",
    "latest_feedback",
    "link",
    "next_page",
    "page",
    "tab",
});

bool IsAmong(const auto& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

Role RoleOf(std::string_view field) {
  if (IsAmong(kGauges, field)) return Role::kGauge;
  if (IsAmong(kPassing, field) || field.ends_with("_link")) return Role::kPassing;
  return Role::kStable;
}

}  // namespace nightjar::items
