// SPDX-License-Identifier: Apache-2.0
// The second half of reading a query: the tree as a Xapian query.
#pragma once

#include <xapian.h>

#include <string_view>

#include "indexer/query/grammar.h"

namespace nightjar::query {

inline constexpr unsigned kMaxExpansion = 2000;  // words one star may stand for

// `text` is the query the tree came from, for pointing at mistakes only the words show (no letters in one).
// Unless the query names class:, it is restricted to pages of class content.
[[nodiscard]] Result<Xapian::Query> Compile(const Node& node, std::string_view text);

}  // namespace nightjar::query
