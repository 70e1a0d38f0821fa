// SPDX-License-Identifier: Apache-2.0
// Index folders as a whole: a fresh one takes the place of the live one, searchers notice and reopen.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace nightjar::indexer {

// Where an index keeps its items: within it, so that they are exchanged and made anew together.
[[nodiscard]] inline std::string ItemsFolder(const std::string& index_folder) {
  return index_folder + "/items";
}

// Exchanges them in one step (renameat2); where there is no live one, `fresh` becomes it. Durable.
[[nodiscard]] Status SwapFolders(const std::string& fresh, const std::string& live);
// Of all files in the folder, on the disk; 0 where there is none.
[[nodiscard]] Result<std::uint64_t> BytesIn(const std::string& folder);
// A folder that is not there is fine.
[[nodiscard]] Status RemoveFolder(const std::string& folder);

}  // namespace nightjar::indexer
