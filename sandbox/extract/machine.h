// SPDX-License-Identifier: Apache-2.0
// What a page says of its offer for machines (schema.org microdata and JSON-LD, Open Graph), as fields and
// feedback. What a person sees goes first: markup for machines only fills what the visible rules left open.
// Names of types and properties: https://schema.org/Product.
#pragma once

#include <vector>

#include "sandbox/extract/field_list.h"
#include "sandbox/extract/statements.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

// Does the page state exactly one product that has an offer? Several are a list.
[[nodiscard]] bool StatesOneOffer(const Stated& stated);

// Adds title, price, vendor, description, category, brand, availability ("InStock"), image, item_id, stock,
// rating and rating_count where `fields` has none. Confidence 80 for microdata and JSON-LD, 60 for Open
// Graph.
void AddStated(const parse::Page& page, const Stated& stated, FieldList& fields);

// Items of kind "feedback" (author, date, score, text) of the product's reviews.
[[nodiscard]] std::vector<wire::Item> StatedFeedback(const parse::Page& page, const Stated& stated);

}  // namespace nightjar::extract
