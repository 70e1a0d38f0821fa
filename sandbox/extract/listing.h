// SPDX-License-Identifier: Apache-2.0
// The generic reading of one offer, with no knowledge of the site: title, price, vendor, category, where it
// ships from and to, stock. A value is either beside its label, marked up as what it is (microdata, class),
// or where every template puts it; confidence says which. What is not found is left out, never guessed.
#pragma once

#include "sandbox/extract/field_list.h"
#include "sandbox/extract/surroundings.h"

namespace nightjar::extract {

void ReadListing(const Surroundings& at, FieldList& fields);

}  // namespace nightjar::extract
