// SPDX-License-Identifier: Apache-2.0
// Who sells: the name beside a label, else a link to a profile whose text is the name its address holds.
#pragma once

#include "sandbox/extract/field_list.h"
#include "sandbox/extract/surroundings.h"

namespace nightjar::extract {

void ReadVendor(const Surroundings& at, FieldList& fields);

}  // namespace nightjar::extract
