// SPDX-License-Identifier: Apache-2.0
// A walk over all items of a store, page by page: no transaction stays open over it, so the writer's file
// does not grow for a slow reader's sake.
#pragma once

#include "indexer/items/item_store.h"

namespace nightjar::indexer {

// `take(id, state)` returns a Status; the first error ends the walk. In the order of ids.
template <typename Take>
[[nodiscard]] Status EachItem(const items::ItemStore& store, Take&& take) {
  constexpr std::size_t kPage = 1000;
  items::ItemId after;
  while (true) {
    ASSIGN_OR_RETURN(const auto page, store.Items(after, kPage));
    for (const auto& [id, state] : page) RETURN_IF_ERROR(take(id, state));
    if (page.size() < kPage) return {};
    after = page.back().first;
  }
}

}  // namespace nightjar::indexer
