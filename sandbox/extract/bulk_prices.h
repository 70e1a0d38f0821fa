// SPDX-License-Identifier: Apache-2.0
// What more of the same costs: "10 g - $80" in a list or a menu, or a table of quantities and prices.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "sandbox/extract/rows.h"
#include "sandbox/extract/surroundings.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

struct Quantity {
  std::size_t begin = 0, end = 0;  // in the text: "10 g", "5 - 9", "50+", "3 pieces"
  bool plain = false;              // a number and nothing else: only a heading makes it a quantity
};

// The quantity a text begins with.
[[nodiscard]] std::optional<Quantity> LeadingQuantity(std::string_view text);

// Is the text a quantity with a unit or a range, its price, and nothing else?
[[nodiscard]] bool IsBulkPrice(std::string_view text);

// Items of kind "bulk_price", in page order: quantity as printed, price. The price is what the page prints
// beside the quantity; whether it is of one piece or of all is the page's own matter. One row makes no list,
// except under a heading that names both columns.
[[nodiscard]] std::vector<wire::Item> ReadBulkPrices(const Surroundings& at,
                                                     const std::vector<RowGroup>& groups);

}  // namespace nightjar::extract
