// SPDX-License-Identifier: Apache-2.0
// LMDB leaves what was deleted in free pages of its file, for anybody with the file to read. Compacting
// writes a file of the living entries alone and overwrites the old one. Part of erasure.
#pragma once

#include <string>

#include "base/result.h"

namespace nightjar::store {

// kUnavailable, naming the process, when another one has the store open.
[[nodiscard]] Status CheckUnusedByOthers(const std::string& folder);

// Compacts the store in `folder`; a folder without one is fine. No process may have it open, this one
// included: kUnavailable otherwise, naming the process where it can. kFull: there is no room for a second
// copy; nothing was changed. A crash leaves the old file or the new, and the next call ends the work.
[[nodiscard]] Status Compact(const std::string& folder);

}  // namespace nightjar::store
