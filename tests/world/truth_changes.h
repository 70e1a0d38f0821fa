// SPDX-License-Identifier: Apache-2.0
// What changed from one day's truth to the next, each change with a name. Every field of every object that
// differs is one change and nothing else is: they are found by comparing the two days, not noted down by
// whoever made them, so none can be forgotten.
#pragma once

#include <array>

#include "tests/world/content/market.h"
#include "tests/world/truth.h"

namespace nightjar::world {

// All kinds there are, as "kind" has them; README.md says what each is of.
inline constexpr auto kChangeKinds = std::to_array<std::string_view>(
    {"listed",    "removed",        "repriced",       "moved",          "stock_changed", "sold_out",
     "restocked", "sold",           "viewed",         "rerated",        "reviewed",      "key_changed",
     "announced", "vacation_begun", "vacation_ended", "offers_changed", "seen",          "banned",
     "left",      "opened",         "replied",        "locked",         "posted",        "edited",
     "appeared",  "mirror_added",   "mirror_removed", "link_state"});

// Rows {kind day site table id path field before after}, in the order of the tables. An object that comes or
// goes changes in the field that names it, from or to null. Aborts over a field that is never to change.
[[nodiscard]] json::array ChangesBetween(const Truth& before, const Truth& now, Day day);

}  // namespace nightjar::world
