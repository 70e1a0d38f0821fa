// SPDX-License-Identifier: Apache-2.0
// Runs a compiled query: which documents, in which order, how many, and what of each facet.
#pragma once

#include <xapian.h>

#include <utility>
#include <vector>

#include "indexer/query/database_pool.h"
#include "indexer/query/query.h"

namespace nightjar::query {

struct Found {
  std::vector<std::pair<columns::DocumentNumber, double>> documents{};  // as asked for, with their weights
  std::uint64_t total = 0;
  std::vector<Facet> facets{};
  Xapian::MSet set{};  // knows the query's words, for snippets
};

// May throw Xapian::Error.
[[nodiscard]] Result<Found> Find(const View& view, const Xapian::Query& query, const Request& request);

// All that match, in no order. May throw Xapian::Error.
[[nodiscard]] std::vector<columns::DocumentNumber> FindAll(const View& view, const Xapian::Query& query);

}  // namespace nightjar::query
