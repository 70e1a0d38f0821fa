// SPDX-License-Identifier: Apache-2.0
// What each site says it has against what was captured of it, out of the item store. Counted are listings of
// markets and threads of forums, each once over all mirrors, but for those found gone since.
//
// A round over a site is a UTC day on which anything of it was captured: crawls that begin and end inside
// one day count as one, so that an estimate from repeated crawls errs towards fewer.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "indexer/coverage/ledger.h"
#include "indexer/items/item_store.h"

namespace nightjar::indexer {

struct SiteCoverage {
  std::string case_id;
  std::string site;
  std::set<std::string> hosts;      // that captures of it came from
  std::vector<coverage::Row> rows;  // the whole site first, then by category
  std::optional<coverage::Estimate> estimate;
  std::size_t rounds = 0;
};

// In the order of case and site; sites of which nothing is counted and nothing announced are left out.
// `site`: only this one; empty: all. Reads the whole store; memory for the items of the sites asked for.
[[nodiscard]] Result<std::vector<SiteCoverage>> CoverageOf(const items::ItemStore& store,
                                                           const std::string& site);

}  // namespace nightjar::indexer
