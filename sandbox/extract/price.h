// SPDX-License-Identifier: Apache-2.0
// The price of one offer: microdata, else beside a label, else a line of class "price", else a line soon
// after the title that is little else than an amount. Wallets and exchange rates stand in menus, which are
// not read.
#pragma once

#include "sandbox/extract/field_list.h"
#include "sandbox/extract/surroundings.h"

namespace nightjar::extract {

void ReadPrice(const Surroundings& at, FieldList& fields);

}  // namespace nightjar::extract
