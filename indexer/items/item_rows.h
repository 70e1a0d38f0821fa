// SPDX-License-Identifier: Apache-2.0
// How the rows of the item store are written. For the files of this folder.
#pragma once

#include "indexer/items/item_store.h"

namespace nightjar::items {

[[nodiscard]] Bytes Encode(const State& state);
[[nodiscard]] Result<State> DecodeState(ByteView bytes);

[[nodiscard]] Bytes Encode(const Version& version);
[[nodiscard]] Result<Version> DecodeVersion(ByteView bytes);

// Without its number, which is the row's key.
[[nodiscard]] Bytes Encode(const Event& event);
[[nodiscard]] Result<Event> DecodeEvent(std::uint64_t number, ByteView bytes);

[[nodiscard]] Bytes Encode(const KnownAnnouncement& known);
[[nodiscard]] Result<KnownAnnouncement> DecodeAnnouncement(ByteView bytes);

}  // namespace nightjar::items
