// SPDX-License-Identifier: Apache-2.0
// How the rows of the hunt store are written. For the files of this folder.
#pragma once

#include "base/bytes.h"
#include "indexer/hunt/hunt.h"

namespace nightjar::hunt {

[[nodiscard]] Bytes Encode(const Hunt& hunt);  // without its id, which is the row's key
[[nodiscard]] Result<Hunt> DecodeHunt(std::uint64_t id, ByteView row);
[[nodiscard]] Bytes Encode(const Match& match);  // without its capture, which is in the row's key
[[nodiscard]] Result<Match> DecodeMatch(CaptureNumber capture, ByteView row);

}  // namespace nightjar::hunt
