// SPDX-License-Identifier: Apache-2.0
// The generic reading of one offer, with no knowledge of the site: title, price, vendor, category, where it
// ships from and to, stock. A value is either beside its label, marked up as what it is (microdata, class),
// or where every template puts it; confidence says which. What is not found is left out, never guessed.
#pragma once

#include <vector>

#include "base/url.h"
#include "sandbox/extract/field_list.h"
#include "sandbox/extract/pairs.h"
#include "sandbox/extract/title.h"

namespace nightjar::extract {

struct Surroundings {
  const parse::Page& page;
  const Layout& layout;
  const std::vector<Pair>& pairs;
  std::string_view page_title;
};

void ReadListing(const Surroundings& at, FieldList& fields);

// The readings that other page kinds share.
void ReadPrice(const Surroundings& at, FieldList& fields);
void ReadVendor(const Surroundings& at, FieldList& fields);

}  // namespace nightjar::extract
