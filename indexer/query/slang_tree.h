// SPDX-License-Identifier: Apache-2.0
// A query's plain words with their other names beside them.
#pragma once

#include <string>
#include <vector>

#include "indexer/query/grammar.h"
#include "indexer/words/slang.h"

namespace nightjar::query {

struct SlangExpansion {
  std::string word;                // as typed
  std::vector<std::string> names;  // what is searched for beside it
  friend bool operator==(const SlangExpansion&, const SlangExpansion&) = default;
};

struct Expanded {
  Node tree;
  std::vector<SlangExpansion> applied;  // in the order of the query; empty: the tree is as it was
};

// Each plain word, and each quoted phrase, outside field:, NEAR and NOT (what is not wanted is not widened)
// becomes an OR with its names. At most kMaxTerms words in all: later ones then stay as they are.
[[nodiscard]] Expanded ExpandSlang(Node tree, const words::Slang& slang);

}  // namespace nightjar::query
