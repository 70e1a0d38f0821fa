// SPDX-License-Identifier: Apache-2.0
// What a field's change means for its item. Names are those of the field schema (config/PROFILES.md).
#pragma once

#include <string_view>

namespace nightjar::items {

enum class Role {
  kStable,  // part of the version: price, title, ships_from, pgp, ...
  kGauge,  // moves by itself: views, sold, rating, last_seen, ...; kept as the latest value, makes no version
  kPassing,  // of the page, not of the thing: page numbers, links, announced counts
};

// Fields that nobody listed are stable: a change too many is seen, one too few is lost.
[[nodiscard]] Role RoleOf(std::string_view field);

}  // namespace nightjar::items
