// SPDX-License-Identifier: Apache-2.0
// Other forms of a page's words: as its language stems them, and as they read without look-alikes.
#pragma once

#include <xapian.h>

#include "sandbox/wire/facts.h"

namespace nightjar::indexer {

inline constexpr std::size_t kMaxFoldedTerms = 2000;  // of one page: a hostile one may be all look-alikes

// Adds what query/schema.h calls "Y..." and "XFOLD" terms. The document holds the words of title and text
// already, and no others without a prefix. A page without look-alikes in English costs one walk over its
// terms. Throws Xapian::Error.
void AddWordForms(Xapian::Document& document, const wire::Facts& facts);

}  // namespace nightjar::indexer
