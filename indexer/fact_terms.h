// SPDX-License-Identifier: Apache-2.0
// What a page's facts give a document beside the words of its title and text: field terms, exact terms and
// value slots, as query/schema.h lists them. All that a query can ask with `field:` enters the index here.
#pragma once

#include <xapian.h>

#include <string>

#include "indexer/observation.h"

namespace nightjar::indexer {

inline constexpr Xapian::termpos kGapBetweenParts =
    100;  // so that no phrase crosses from one part to another

// `splitter` works on `document`. Throws Xapian::Error.
void AddFactTerms(Xapian::Document& document, Xapian::TermGenerator& splitter,
                  const Observation& observation);

// Empty for what is no URL.
[[nodiscard]] std::string HostOf(const std::string& url);

}  // namespace nightjar::indexer
