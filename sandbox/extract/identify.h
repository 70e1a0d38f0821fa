// SPDX-License-Identifier: Apache-2.0
// Who and what a page names: keys, addresses, accounts, numbers, with the places where they stand.
#pragma once

#include <string_view>
#include <vector>

#include "sandbox/extract/layout.h"
#include "sandbox/parse/page.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

// Of the visible text, then of what a person does not see, then of the markup around it: where links lead,
// what attributes hold, what scripts say (what counts there: sandbox/entities/elsewhere.h; their notes end in
// "in a link", "in an attribute", "in a script"). Each value of a kind once, at its first place (mirrors
// stand on some pages hundreds of times). `own_host`: links to the page's own onion say nothing new. At most
// kMostMarkup bytes of attributes and scripts are looked at.
inline constexpr std::size_t kMostMarkup = 1 << 20;
[[nodiscard]] std::vector<wire::Entity> Identify(const parse::Page& page, const Layout& layout,
                                                 const Visibility& visibility, std::string_view own_host);
// The same for a page without a tree, whose text has no way back.
[[nodiscard]] std::vector<wire::Entity> Identify(const parse::Page& page, std::string_view text,
                                                 std::string_view own_host);

}  // namespace nightjar::extract
