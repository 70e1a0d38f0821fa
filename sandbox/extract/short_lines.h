// SPDX-License-Identifier: Apache-2.0
// Lines that say one thing without a label beside it: "12 in stock", "3 sold", "Germany → Europe".
#pragma once

#include "sandbox/extract/field_list.h"
#include "sandbox/extract/surroundings.h"

namespace nightjar::extract {

// Adds stock, sold, ships_from and ships_to where `fields` has none yet; the first line of each counts.
// Confidence 65: the words are clear, but nothing says that they are about this very thing.
void ReadShortLines(const Surroundings& at, Lines lines, FieldList& fields);

}  // namespace nightjar::extract
