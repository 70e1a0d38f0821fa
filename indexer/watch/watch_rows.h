// SPDX-License-Identifier: Apache-2.0
// How the rows of the watch store are written. For the files of this folder. Keys: archive/FORMAT.md, watch/.
#pragma once

#include "base/bytes.h"
#include "indexer/watch/watch_store.h"

namespace nightjar::watch {

[[nodiscard]] Bytes Encode(const SavedSearch& search);  // without its id, which is the row's key
[[nodiscard]] Result<SavedSearch> DecodeSearch(std::uint64_t id, ByteView row);

[[nodiscard]] Bytes Encode(const Alert& alert);  // without its number, which is the row's key
[[nodiscard]] Result<Alert> DecodeAlert(std::uint64_t number, ByteView row);

}  // namespace nightjar::watch
