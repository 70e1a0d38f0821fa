// SPDX-License-Identifier: Apache-2.0
// Where the site files an offer: beside a label, else in a trail of links above it, else the chosen entries
// of a menu. A path is joined in one spelling, root first: "Drugs > Cannabis".
#pragma once

#include "sandbox/extract/field_list.h"
#include "sandbox/extract/surroundings.h"

namespace nightjar::extract {

// `title` is that of the offer: the last step of a trail may repeat it.
void ReadCategory(const Surroundings& at, std::string_view title, FieldList& fields);

}  // namespace nightjar::extract
