// SPDX-License-Identifier: Apache-2.0
#include "archive/evidence/tiles.h"

#include <fmt/format.h>

namespace nightjar::evidence {
namespace {

constexpr unsigned kTileHeight = 8;  // 2^8 = kTileWidth

// 1234067 is x001/x234/067: three digits to an element, all but the last with an x.
std::string IndexPath(std::uint64_t index) {
  std::string path = fmt::format("{:03}", index % 1000);
  for (index /= 1000; index > 0; index /= 1000) path.insert(0, fmt::format("x{:03}/", index % 1000));
  return path;
}

std::string PathIn(const std::string& folder, const Tile& tile) {
  std::string path = folder + "/" + IndexPath(tile.index);
  if (tile.width < kTileWidth) path += fmt::format(".p/{}", tile.width);
  return path;
}

}  // namespace

std::string TilePath(const Tile& tile) { return PathIn(fmt::format("tile/{}", tile.level), tile); }

std::string EntriesPath(const Tile& tile) { return PathIn("tile/entries", tile); }

std::vector<Tile> TilesOf(std::uint64_t tree_size) {
  std::vector<Tile> tiles;
  std::uint8_t level = 0;
  for (std::uint64_t hashes = tree_size; hashes > 0; hashes /= kTileWidth, ++level) {
    const std::uint64_t full = hashes / kTileWidth;
    for (std::uint64_t index = 0; index < full; ++index) tiles.push_back({level, index, kTileWidth});
    if (hashes % kTileWidth != 0) tiles.push_back({level, full, hashes % kTileWidth});
  }
  return tiles;
}

Result<Bytes> TileContent(const Tile& tile, const NodeSource& nodes) {
  Bytes content;
  content.reserve(tile.width * Digest::kSize);
  const auto level = static_cast<std::uint8_t>(tile.level * kTileHeight);
  for (std::uint64_t i = 0; i < tile.width; ++i) {
    ASSIGN_OR_RETURN(const Digest hash, nodes.Get({level, tile.index * kTileWidth + i}));
    content.append(hash.View());
  }
  return content;
}

Result<Bytes> EntriesContent(std::span<const Bytes> leaves) {
  Bytes content;
  for (const Bytes& leaf : leaves) {
    if (leaf.size() > UINT16_MAX) return Fail(Code::kInvalidInput, "a leaf is too long for an entry bundle");
    content += static_cast<char>(leaf.size() >> 8);
    content += static_cast<char>(leaf.size() & 0xFF);
    content += leaf;
  }
  return content;
}

}  // namespace nightjar::evidence
