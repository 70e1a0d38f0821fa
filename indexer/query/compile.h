// SPDX-License-Identifier: Apache-2.0
// The second half of reading a query: the tree as a Xapian query.
#pragma once

#include <xapian.h>

#include <memory>
#include <string_view>

#include "indexer/columns/snapshot.h"
#include "indexer/query/grammar.h"

namespace nightjar::query {

inline constexpr unsigned kMaxExpansion = 2000;  // words one star may stand for

// `text` is the query the tree came from, for pointing at mistakes only the words show (no letters in one).
// Unless the query names class:, it is restricted to pages of class content. Ranges read `columns`, so the
// query is good for the moment of the index that they show.
[[nodiscard]] Result<Xapian::Query> Compile(const Node& node, std::string_view text,
                                            std::shared_ptr<columns::Snapshot> columns);

}  // namespace nightjar::query
