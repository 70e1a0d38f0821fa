// SPDX-License-Identifier: Apache-2.0
// The offers a page lists: rows of the same shape that each have a link to be followed and an amount of
// money.
#pragma once

#include <vector>

#include "sandbox/extract/rows.h"
#include "sandbox/extract/surroundings.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

// Items of kind "offer", in page order: title, link, price, vendor, and what else is labelled or heads a
// column.
[[nodiscard]] std::vector<wire::Item> ReadOffers(const Surroundings& at, const std::vector<RowGroup>& groups);

}  // namespace nightjar::extract
