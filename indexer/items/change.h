// SPDX-License-Identifier: Apache-2.0
// What is different between two states of an item, in the words an analyst asks with (`changed:price`,
// "re-priced", "key changed", "gone").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/items/sighting.h"

namespace nightjar::items {

enum class ChangeKind : std::uint8_t {
  kFirstSeen,
  kGone,        // its place answered, and it was not there
  kBack,        // seen again after that
  kRepriced,    // price, bulk prices or currency
  kKeyChanged,  // the set of PGP keys
  kShipsFromMoved,
  kShipsToChanged,
  kRenamed,    // title or name
  kRewritten,  // description, terms, text of a post
  kRecategorised,
  kSoldOut,    // stock reached 0
  kRestocked,  // and left it
  kVacation,   // the vendor went away ...
  kReturned,   // ... and came back
  kBanned,
  kUnbanned,
  kOther,
};
inline constexpr ChangeKind kLastChangeKind = ChangeKind::kOther;
[[nodiscard]] std::string_view ChangeKindName(ChangeKind kind);  // "re-priced", "key-changed", ...

// One field's values before and after; no field for what happens to the whole item (first seen, gone, back).
struct Change {
  ChangeKind kind = ChangeKind::kOther;
  std::string field{};
  std::vector<Value> before{};  // empty: it was not there
  std::vector<Value> after{};   // empty: it is not there any more
  friend bool operator==(const Change&, const Change&) = default;
};

// Field by field, in the order of their names. Values compare as sets: a list in another order is the same
// list. Gauges are compared for what has a name of its own (stock) and otherwise left out.
[[nodiscard]] std::vector<Change> Differences(const std::vector<Value>& before,
                                              const std::vector<Value>& after);

}  // namespace nightjar::items
