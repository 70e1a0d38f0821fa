// SPDX-License-Identifier: Apache-2.0
// How an index stands, and whether it is sound. An index is derived data: one that is not sound is made again
// from the archive (`nightjar index rebuild`), and nothing is lost.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "config/settings.h"

namespace nightjar::indexer {

struct ShardShape {
  std::uint64_t documents = 0;
  std::uint64_t bytes = 0;  // on the disk
};

struct IndexShape {
  std::string schema;  // version
  std::vector<ShardShape> shards;
  std::uint64_t documents = 0;       // versions of pages, in all shards
  std::uint64_t numbers = 0;         // given out so far, to documents that are gone as well
  std::uint64_t captures_below = 0;  // are searchable: the cursor
  std::uint64_t captures = 0;        // in the archive
  std::uint64_t column_bytes = 0, item_bytes = 0;
};
// As of the newest commit; the role may run. kNotFound where there is no index.
[[nodiscard]] Result<IndexShape> InspectIndex(const config::Settings& settings);

struct IndexCheck {
  std::uint64_t documents = 0;        // looked at
  std::vector<std::string> problems;  // the first kMostProblems
  std::uint64_t problems_found = 0;
};
inline constexpr std::size_t kMostProblems = 20;
// Reads everything: each shard's trees (Xapian's own check), and that shards and columns know the same
// documents, of captures that the archive has. kUnavailable while the role runs.
[[nodiscard]] Result<IndexCheck> CheckIndex(const config::Settings& settings);

}  // namespace nightjar::indexer
