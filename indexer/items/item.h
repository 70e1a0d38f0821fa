// SPDX-License-Identifier: Apache-2.0
// An item: the one thing that many captures show. A listing, a vendor, a thread, a post, or a plain page.
//
// Its id is the same over recrawls and over the mirrors of its site: it is made of the case (who may see one
// case learns nothing of another), the site, the kind, and what the site itself calls the thing: a number
// ("id:1021"), a vendor's name ("name:owlpost"), or, where nothing better is printed, the place it stands at
// ("at:/item.php?id=7", without session and paging parameters).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/ids.h"

namespace nightjar::items {

enum class ItemKind : std::uint8_t { kPage, kListing, kVendor, kThread, kPost };
[[nodiscard]] std::string_view ItemKindName(ItemKind kind);  // "page", "listing", ...

struct ItemKey {
  std::string case_id;
  std::string site;
  ItemKind kind = ItemKind::kPage;
  std::string local;
  friend bool operator==(const ItemKey&, const ItemKey&) = default;
};

// 16 raw bytes: the head of SHA-256 over the key.
using ItemId = Id<struct ItemIdTag, std::string>;
inline constexpr std::size_t kItemIdSize = 16;
[[nodiscard]] ItemId IdOf(const ItemKey& key);

// Where a page stands on its site, the same on every mirror: path and query without the parameters that carry
// a session or name a page of a list. `url` as in records; empty for one that does not parse.
[[nodiscard]] std::string AddressOf(const std::string& url);

// Names of accounts are one however their letters are written ("OwlPost", "owlpost"). Only ASCII: look-alikes
// of other scripts are somebody else, and are meant to be taken for this one.
[[nodiscard]] std::string AccountName(std::string_view printed);

}  // namespace nightjar::items
