// SPDX-License-Identifier: Apache-2.0
// The log as static files (C2SP tlog-tiles): hashes in tiles of 256 and the leaves in bundles of 256, named
// so that a web server or a plain folder can hold them. Pure functions over stored nodes.
//
//   tile/<L>/<N>[.p/<W>]        hash i is the root over leaves [(256 N + i) 256^L, (256 N + i + 1) 256^L)
//   tile/entries/<N>[.p/<W>]    each leaf with its length before it, u16 big-endian
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "archive/evidence/tree.h"
#include "base/bytes.h"

namespace nightjar::evidence {

inline constexpr std::uint64_t kTileWidth = 256;

struct Tile {
  std::uint8_t level = 0;
  std::uint64_t index = 0;
  std::uint64_t width = kTileWidth;  // 1..256; a partial tile is narrower
  friend bool operator==(const Tile&, const Tile&) = default;
};

// "tile/0/x001/x234/067", "tile/1/000.p/17".
[[nodiscard]] std::string TilePath(const Tile& tile);
// The same for the bundle of leaves that belongs to a tile of level 0.
[[nodiscard]] std::string EntriesPath(const Tile& tile);

// Every tile of a tree of this size: level by level, full ones ascending, then the partial one if there is
// one.
[[nodiscard]] std::vector<Tile> TilesOf(std::uint64_t tree_size);

// The content of a tile: 32 bytes for each hash.
[[nodiscard]] Result<Bytes> TileContent(const Tile& tile, const NodeSource& nodes);

// The content of an entry bundle. kInvalidInput for a leaf over 65,535 bytes, which the format cannot hold.
[[nodiscard]] Result<Bytes> EntriesContent(std::span<const Bytes> leaves);

}  // namespace nightjar::evidence
