// SPDX-License-Identifier: Apache-2.0
// What one capture says of items: the step from a page to the things it shows. Pure functions of facts.
#pragma once

#include <string>
#include <vector>

#include "indexer/items/item.h"
#include "sandbox/wire/facts.h"

namespace nightjar::items {

// A value of an item. Lists are several of one name, in page order.
struct Value {
  std::string name;
  std::string value;
  std::string unit;
  friend auto operator<=>(const Value&, const Value&) = default;
};

// One item as one page shows it.
struct Sighting {
  ItemKey key;
  std::string title;  // for people: the title, the vendor's name, the first words of a post
  std::vector<Value> values;
};

// What one capture says.
struct PageSights {
  // The address of the page on its site; empty: the page says nothing of items.
  std::string address{};
  // The page's own item first, then its posts. Empty when the page is not there any more.
  std::vector<Sighting> sightings{};
  // The site answered, and the answer is that there is nothing at this address (404, 410, or a page that says
  // so): what was known to stand here is gone. A failed, walled or partly read page is never this.
  bool absent = false;
};

inline constexpr std::size_t kMostValues = 512;     // of one item
inline constexpr std::size_t kLongestValue = 4096;  // bytes; what is longer is kept as its head and SHA-256

// `site`: under which name the host's items are known. Only class content shows items (DESIGN section 8).
[[nodiscard]] PageSights ReadSights(const std::string& case_id, const std::string& site,
                                    const std::string& url, const wire::Facts& facts);

// Whether the page says that an item which stood on it does not any more: because there is nothing at the
// address, because the thread is shown without the post, or because another item of its kind stands in its
// place. A page that only was read less well than before says nothing.
[[nodiscard]] bool Lacks(const PageSights& sights, const ItemKey& item);

}  // namespace nightjar::items
