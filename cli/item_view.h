// SPDX-License-Identifier: Apache-2.0
// An item as people and programs read it: what it is, its versions, what changed between them, and the
// captures behind every value.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "indexer/items/history.h"

namespace nightjar::cli {

struct ItemView {
  items::ItemId id;
  items::State state;
  std::vector<items::Version> versions;  // oldest first
};

[[nodiscard]] std::string ItemText(const ItemView& item);
[[nodiscard]] json::object ItemAsJson(const ItemView& item);

// Field by field, between any two versions.
[[nodiscard]] std::string DifferenceText(const items::Version& before, const items::Version& after);

}  // namespace nightjar::cli
