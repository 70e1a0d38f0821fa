// SPDX-License-Identifier: Apache-2.0
// A better spelling for a query that found nothing.
#pragma once

#include <xapian.h>

#include <functional>
#include <string>
#include <string_view>

#include "indexer/query/grammar.h"

namespace nightjar::query {

// The query with each plain word that no page holds replaced by the nearest word of the index's dictionary
// (words of titles), or empty where there is none. `shown`: whether the person may know of the word, asked
// with its term. Throws Xapian::Error.
[[nodiscard]] std::string Corrected(const Xapian::Database& database, const Node& tree, std::string_view text,
                                    const std::function<bool(const std::string& term)>& shown);

}  // namespace nightjar::query
