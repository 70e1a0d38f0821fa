// SPDX-License-Identifier: Apache-2.0
// The index role: follows captures by number, has each read in the jail, stores the facts, and keeps the
// Xapian index. Its cursor lives inside the index, so index and cursor can never disagree.
#pragma once

#include <cstdint>

#include "base/stop.h"
#include "config/settings.h"

namespace nightjar::indexer {

struct IndexOptions {
  bool until_caught_up = false;  // end with OK once every stored capture is searchable
};
[[nodiscard]] Status RunIndex(const config::Settings& settings, const IndexOptions& options,
                              StopSignal& stop);

// Deletes index (and, with `reread`, the facts) and derives them again from the archive. Refused
// (kUnavailable) while the index role runs.
[[nodiscard]] Status RebuildIndex(const config::Settings& settings, bool reread, StopSignal& stop);

struct IndexStatus {
  std::uint64_t captures_indexed = 0;  // the cursor: captures below it are searchable
  std::uint64_t documents = 0;
};
[[nodiscard]] Result<IndexStatus> ReadIndexStatus(const config::Settings& settings);

}  // namespace nightjar::indexer
