// SPDX-License-Identifier: Apache-2.0
// The vendors of the item store with all they can be recognised by, ready for identity/link.h. Made anew from
// items and facts whenever it is asked: nothing is stored.
#pragma once

#include <string>
#include <vector>

#include "archive/facts/facts_store.h"
#include "indexer/identity/link.h"
#include "indexer/items/item_store.h"

namespace nightjar::indexer {

struct KnownVendor {
  items::ItemId id;
  items::State state;
  identity::Vendor marks;  // what Link() compares; `marks.item` is the id in hex
};

// Keys and texts are the item's values of now. Contacts and claims are read from the newest page that showed
// the vendor, without what is hidden there or stands in its furniture: a market's support address is not the
// vendor's. A vendor whose facts are gone keeps keys and texts. `case_id` empty: of all cases.
[[nodiscard]] Result<std::vector<KnownVendor>> ReadVendors(const items::ItemStore& store,
                                                           const facts::FactsStore& facts,
                                                           const std::string& case_id);

// Places in `vendors`; only pairs of one case, for cases learn nothing of each other.
[[nodiscard]] std::vector<identity::Edge> LinkVendors(const std::vector<KnownVendor>& vendors);

}  // namespace nightjar::indexer
