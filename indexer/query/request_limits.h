// SPDX-License-Identifier: Apache-2.0
// What a request narrows beside its text and the cases a person may see: one page, and when a version came
// into the index.
#pragma once

#include <xapian.h>

#include <memory>

#include "indexer/columns/snapshot.h"
#include "indexer/query/query.h"

namespace nightjar::query {

// `query` within the request's page and captures. Adds no weight, so that ranking stays the query's.
//
// Documents are numbered in the order of the captures that made them, so the documents of a range of captures
// are found by halving: a narrow range costs what lies in it, however many documents match the words.
[[nodiscard]] Xapian::Query Limited(const Xapian::Query& query, const Request& request,
                                    const std::shared_ptr<columns::Snapshot>& columns);

}  // namespace nightjar::query
