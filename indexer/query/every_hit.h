// SPDX-License-Identifier: Apache-2.0
// All hits of a query, however many, without holding them: piece by piece of the archive.
#pragma once

#include <functional>

#include "indexer/query/query.h"

namespace nightjar::query {

// Gives every version that matches to `take`, in the order of the archive (Order::kByCapture), until `take`
// fails. At most Request::limit of them (1000 where it is more) are in memory at once. Each piece is read
// from the newest revision: versions that come into the index meanwhile are not given, those that an erasure
// takes away meanwhile may be missing. Sorting, offset and the
// like of `request` have no say.
[[nodiscard]] Status EveryHit(const Searcher& searcher, Request request,
                              const std::function<Status(const Hit&)>& take);

}  // namespace nightjar::query
