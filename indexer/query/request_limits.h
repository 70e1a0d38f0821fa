// SPDX-License-Identifier: Apache-2.0
// What a request narrows beside its text: the case a person may see, and when a version came into the index.
#pragma once

#include <xapian.h>

#include "indexer/query/query.h"

namespace nightjar::query {

// `query` within the request's case and captures. Adds no weight, so that ranking stays the query's.
//
// Captures come into a shard in their order, so the slot of first captures grows with the document's id and
// the first document of a range is found by halving: a narrow range costs what lies in it, however many
// documents match the words.
[[nodiscard]] Xapian::Query Limited(const Xapian::Query& query, const Request& request);

}  // namespace nightjar::query
