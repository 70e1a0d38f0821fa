// SPDX-License-Identifier: Apache-2.0
// Who and what a page names: keys, addresses, accounts, numbers, with the places where they stand.
#pragma once

#include <vector>

#include "sandbox/extract/layout.h"
#include "sandbox/parse/page.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

// Of the visible text, then of what a person does not see; each value of a kind once, at its first place
// (mirrors stand on some pages hundreds of times). Hidden ones have no place.
[[nodiscard]] std::vector<wire::Entity> Identify(const parse::Page& page, const Layout& layout);
// The same for a page without a tree, whose text has no way back.
[[nodiscard]] std::vector<wire::Entity> Identify(std::string_view text);

}  // namespace nightjar::extract
