// SPDX-License-Identifier: Apache-2.0
// LMDB's return codes in Nightjar's words. For the files of this folder only.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace nightjar::store {

// An Error for a non-zero LMDB or errno code met while doing `what` in `folder`. EIO becomes kFull when the
// file system has no room: LMDB 0.9 reports the short write of a full disk as EIO.
[[nodiscard]] tl::unexpected<Error> FailLmdb(int code, std::string_view what, const std::string& folder);

}  // namespace nightjar::store
