// SPDX-License-Identifier: Apache-2.0
// A scope's dictionaries: trained of its own captures when there are enough of them, and again when there are
// many. Pages of one site share their frame; a dictionary says it once. It holds pieces of pages, so it is
// sealed and destroyed with them. For the files of this folder.
#pragma once

#include "archive/captures/body_store.h"

namespace nightjar::captures {

// Judged, not measured: enough pages to know the frame by, and once more when there are many kinds of them.
inline constexpr std::uint64_t kTrainAt[] = {32, 512};
inline constexpr std::size_t kMostSamples = 64;
inline constexpr std::size_t kMostOfASample = 32 << 10;
inline constexpr std::size_t kBodyDictionary = 64 << 10;
inline constexpr std::size_t kTextDictionary = 8 << 10;

// Trains if the number of the scope's bodies says so, and enters the new versions into `scope.row`.
[[nodiscard]] Status TrainWhenDue(store::WriteTxn& txn, Vault& vault, OpenScope& scope);

}  // namespace nightjar::captures
