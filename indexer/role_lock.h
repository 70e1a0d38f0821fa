// SPDX-License-Identifier: Apache-2.0
// One index role per data folder. Xapian's own lock guards one database folder; this one also covers a
// rebuild, which writes into a folder beside it.
#pragma once

#include <string>

#include "base/result.h"
#include "base/unique_fd.h"

namespace nightjar::indexer {

// Held as long as the descriptor lives; the kernel releases it when the process dies. kUnavailable: held
// elsewhere.
[[nodiscard]] Result<UniqueFd> TakeRoleLock(const std::string& index_folder);

}  // namespace nightjar::indexer
