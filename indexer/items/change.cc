// SPDX-License-Identifier: Apache-2.0
#include "indexer/items/change.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>

#include "indexer/items/field_role.h"

namespace nightjar::items {
namespace {

struct Row {
  std::string_view field;
  ChangeKind kind;
};
constexpr auto kKinds = std::to_array<Row>({
    {"bulk_price", ChangeKind::kRepriced},
    {"category", ChangeKind::kRecategorised},
    {"board", ChangeKind::kRecategorised},
    {"description", ChangeKind::kRewritten},
    {"about", ChangeKind::kRewritten},
    {"pgp", ChangeKind::kKeyChanged},
    {"pgp_key", ChangeKind::kKeyChanged},
    {"price", ChangeKind::kRepriced},
    {"ships_from", ChangeKind::kShipsFromMoved},
    {"ships_to", ChangeKind::kShipsToChanged},
    {"terms", ChangeKind::kRewritten},
    {"text", ChangeKind::kRewritten},
    {"title", ChangeKind::kRenamed},
    {"vendor", ChangeKind::kRenamed},
});

constexpr std::array<std::string_view, kLastChangeKind == ChangeKind::kOther ? 17 : 0> kNames = {
    "first-seen",       "gone",     "back",      "re-priced",      "key-changed", "ships-from-moved",
    "ships-to-changed", "renamed",  "rewritten", "re-categorised", "sold-out",    "restocked",
    "vacation",         "returned", "banned",    "unbanned",       "other"};

using Grouped = std::map<std::string_view, std::vector<Value>>;

Grouped ByName(const std::vector<Value>& values) {
  Grouped grouped;
  for (const Value& value : values) grouped[value.name].push_back(value);
  for (auto& [name, list] : grouped) std::ranges::sort(list);
  return grouped;
}

bool Says(const std::vector<Value>& values, std::string_view word) {
  return std::ranges::any_of(values, [&](const Value& value) { return value.value == word; });
}

// A flag that is not there says no.
ChangeKind FlagKind(const std::vector<Value>& after, ChangeKind set, ChangeKind unset) {
  return Says(after, "true") ? set : unset;
}

ChangeKind KindOf(std::string_view field, const std::vector<Value>& after) {
  if (field == "vacation") return FlagKind(after, ChangeKind::kVacation, ChangeKind::kReturned);
  if (field == "banned") return FlagKind(after, ChangeKind::kBanned, ChangeKind::kUnbanned);
  const auto row = std::ranges::find(kKinds, field, &Row::field);
  return row == kKinds.end() ? ChangeKind::kOther : row->kind;
}

// "vacation: false" for the first time is no news.
bool IsNews(std::string_view field, const std::vector<Value>& before, const std::vector<Value>& after) {
  if (field != "vacation" && field != "banned") return before != after;
  return Says(before, "true") != Says(after, "true");
}

void CompareStock(const std::vector<Value>& before, const std::vector<Value>& after,
                  std::vector<Change>& changes) {
  if (before.empty() || after.empty() || Says(before, "0") == Says(after, "0")) return;
  changes.push_back(
      {Says(after, "0") ? ChangeKind::kSoldOut : ChangeKind::kRestocked, "stock", before, after});
}

}  // namespace

std::string_view ChangeKindName(ChangeKind kind) {
  const auto index = static_cast<std::size_t>(kind);
  if (index >= kNames.size()) std::abort();
  return kNames[index];
}

std::vector<Change> Differences(const std::vector<Value>& before, const std::vector<Value>& after) {
  Grouped old_values = ByName(before);
  Grouped new_values = ByName(after);
  for (const auto& [name, list] : old_values) new_values.try_emplace(name);
  std::vector<Change> changes;
  for (const auto& [name, now] : new_values) {
    const std::vector<Value>& earlier = old_values[name];
    if (name == "stock") {
      CompareStock(earlier, now, changes);
    } else if (RoleOf(name) == Role::kStable && IsNews(name, earlier, now)) {
      changes.push_back({KindOf(name, now), std::string(name), earlier, now});
    }
  }
  return changes;
}

}  // namespace nightjar::items
