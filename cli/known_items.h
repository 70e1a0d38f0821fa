// SPDX-License-Identifier: Apache-2.0
// The item store as verbs read it.
#pragma once

#include <memory>

#include "archive/blocklist/blocklist.h"
#include "config/settings.h"
#include "indexer/items/item_store.h"

namespace nightjar::cli {

// Read only. kNotFound, with what to do, where the index role has not made one yet.
[[nodiscard]] Result<std::unique_ptr<items::ItemStore>> OpenItems(const config::Settings& settings);

// Whether the blocklist hides the host that showed the item last.
[[nodiscard]] Result<bool> IsHidden(blocklist::LiveBlocklist& blocked, const items::State& state);

}  // namespace nightjar::cli
