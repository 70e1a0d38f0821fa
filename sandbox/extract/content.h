// SPDX-License-Identifier: Apache-2.0
// The generic reading of a page of content, without a site's profile: its kind, the fields of its one
// subject, and the items it lists.
#pragma once

#include "base/url.h"
#include "sandbox/extract/surroundings.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

// Fills page_kind, fields and items.
void ReadContent(const Surroundings& at, const Url& own, wire::Facts& facts);

}  // namespace nightjar::extract
