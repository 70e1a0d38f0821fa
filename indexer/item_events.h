// SPDX-License-Identifier: Apache-2.0
// The log of item changes as saved searches follow it.
#pragma once

#include "indexer/items/item_store.h"
#include "indexer/watch/percolator.h"

namespace nightjar::indexer {

// `store` is lent and outlives what is returned; it must hold every capture before it becomes searchable.
[[nodiscard]] watch::EventsFrom EventsOf(const items::ItemStore& store);

}  // namespace nightjar::indexer
