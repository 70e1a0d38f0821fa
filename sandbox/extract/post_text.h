// SPDX-License-Identifier: Apache-2.0
// The text of a forum's post: what its author wrote, apart from what is quoted in it.
#pragma once

#include "sandbox/extract/field_list.h"
#include "sandbox/extract/surroundings.h"

namespace nightjar::extract {

// Adds "text" (the author's own words), and for each outermost quotation "quote" and, where a line names
// whom it quotes ("bob wrote:", "Quote from: bob"), "quoted_author". Quotations are <blockquote> and elements
// whose class says so. A post that is nothing but a quotation has no text.
void ReadPostText(const Surroundings& at, Lines body, std::uint8_t confidence, FieldList& fields);

}  // namespace nightjar::extract
