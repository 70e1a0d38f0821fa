// SPDX-License-Identifier: Apache-2.0
// What the archive erased, or took out of sight, leaves the facts and the index: entries and documents are
// deleted, then both stores are written anew without them and the old files overwritten, for LMDB and Xapian
// keep deleted bytes until they need the room.
#pragma once

#include "config/settings.h"

namespace nightjar::indexer {

struct Forgotten {
  std::uint64_t facts = 0;      // entries that went
  std::uint64_t documents = 0;  // that went or lost captures
};

// Carries out all erasures of the archive that these stores have not seen; nothing to do is the rule, and
// costs a look. The caller holds the role's lock (role_lock.h); kUnavailable when another process has the
// facts open. After a crash call again: what was done is done again.
[[nodiscard]] Result<Forgotten> ForgetErased(const config::Settings& settings);

}  // namespace nightjar::indexer
