// SPDX-License-Identifier: Apache-2.0
// What a page says of the pages it is one of: the link to the next one, and how many things there are in all.
#pragma once

#include "sandbox/extract/field_list.h"
#include "sandbox/extract/surroundings.h"

namespace nightjar::extract {

// Fields next_page (kLink, as in the attribute), announced_count (kCount: "8419 results", "Total feedback:
// 433", "Showing 1-20 of 345"), page and last_page ("Page 2 of 9", or the chosen and the last number of the
// links to pages).
void ReadPagination(const Surroundings& at, FieldList& fields);

}  // namespace nightjar::extract
