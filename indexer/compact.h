// SPDX-License-Identifier: Apache-2.0
// Writes an index anew without the gaps of what was deleted or written again: shards by Xapian's own
// compaction, columns and items by LMDB's copy. Documents keep their numbers.
#pragma once

#include <cstdint>
#include <string>

#include "config/settings.h"

namespace nightjar::indexer {

enum class Items : std::uint8_t { kKept, kLeftBehind };

// The fresh folder takes the place of the old one in one exchange; searchers notice, and the old files are
// overwritten. No writer may have the index open. kFull: there is no room for a second copy, and the old
// index stays. After a crash call again.
[[nodiscard]] Status CompactFolder(const std::string& index_folder, Items items);

struct Compacted {
  std::uint64_t bytes_before = 0, bytes_after = 0;
};
// The index of an installation. kUnavailable while its role runs; kNotFound where there is none.
[[nodiscard]] Result<Compacted> CompactIndex(const config::Settings& settings);

}  // namespace nightjar::indexer
