// SPDX-License-Identifier: Apache-2.0
// What verbs share about saved searches.
#pragma once

#include <memory>
#include <string>

#include "config/settings.h"
#include "indexer/query/query.h"
#include "indexer/watch/watch_store.h"

namespace nightjar::cli {

// The searcher of these settings, without the hosts on the blocklist. kNotFound: no index yet.
[[nodiscard]] Result<std::shared_ptr<query::Searcher>> OpenSearcher(const config::Settings& settings);

// Saves it once the query was read, and asked where there is an index, and its sinks are among those of the
// settings. kInvalidInput says what is wrong. Prints what was saved.
[[nodiscard]] Status SaveSearch(const config::Settings& settings, watch::SavedSearch search);

}  // namespace nightjar::cli
