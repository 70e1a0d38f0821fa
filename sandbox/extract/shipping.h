// SPDX-License-Identifier: Apache-2.0
// The ways an offer can be sent: entries of a menu or rows beside radio buttons, each a name and a price.
#pragma once

#include <vector>

#include "sandbox/extract/rows.h"
#include "sandbox/extract/surroundings.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

// Items of kind "shipping_option": name, price, days, in page order.
[[nodiscard]] std::vector<wire::Item> ReadShipping(const Surroundings& at,
                                                   const std::vector<RowGroup>& groups);

}  // namespace nightjar::extract
