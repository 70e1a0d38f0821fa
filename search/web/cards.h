// SPDX-License-Identifier: Apache-2.0
// Hits as cards, for the templates that show some.
#pragma once

#include <vector>

#include "indexer/query/query.h"
#include "search/web/view.h"

namespace nightjar::web {

// Sets "hits" and the partial "card".
void SetCards(View& view, const std::vector<query::Hit>& hits);

// "2026-01-31 23:59".
[[nodiscard]] std::string ShortTime(UtcTime time);

}  // namespace nightjar::web
