// SPDX-License-Identifier: Apache-2.0
// Selectors under which a site profile would find what generic rules found: the beginning of a profile for a
// site that has none. For `nightjar profile new`.
#pragma once

#include "sandbox/match/selection.h"
#include "sandbox/parse/page.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

// Adds to facts.statements, vocabulary "proposal": "field.<name>" and a selector that finds the field's value
// first on the page; "item.<kind>" and one that finds the rows; "item.<kind>.<name>" and one that finds the
// value first in the first row. An attribute's selector ends in " @<attribute>". What no selector made of
// ids, classes and names tells apart is left out.
void Propose(const parse::Page& page, match::Selection& selection, wire::Facts& facts);

}  // namespace nightjar::extract
