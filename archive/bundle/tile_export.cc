// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/tile_export.h"

#include <unistd.h>

#include <filesystem>
#include <functional>
#include <vector>

#include "archive/evidence/tiles.h"
#include "base/file.h"

namespace nightjar::bundle {
namespace {

Result<Bytes> EntriesOf(const captures::Reader& archive, const evidence::Tile& tile) {
  std::vector<Bytes> leaves;
  for (std::uint64_t i = 0; i < tile.width; ++i) {
    ASSIGN_OR_RETURN(Bytes leaf, archive.Leaf(tile.index * evidence::kTileWidth + i));
    leaves.push_back(std::move(leaf));
  }
  return evidence::EntriesContent(leaves);
}

// True when the file was not there yet.
Result<bool> WriteNew(const std::string& path, const std::function<Result<Bytes>()>& make) {
  if (::access(path.c_str(), F_OK) == 0) return false;
  RETURN_IF_ERROR(MakeFolders(std::filesystem::path(path).parent_path().string()));
  ASSIGN_OR_RETURN(const Bytes content, make());
  RETURN_IF_ERROR(WriteFileDurably(path, content));
  return true;
}

}  // namespace

Result<TileSummary> WriteTiles(const captures::Reader& archive, const evidence::SignedCheckpoint& checkpoint,
                               const std::string& folder) {
  TileSummary summary{checkpoint.checkpoint, 0};
  RETURN_IF_ERROR(MakeFolders(folder));
  for (const evidence::Tile& tile : evidence::TilesOf(checkpoint.checkpoint.size)) {
    ASSIGN_OR_RETURN(const bool hashes, WriteNew(folder + "/" + evidence::TilePath(tile),
                                                 [&] { return archive.TileContent(tile); }));
    summary.written += hashes ? 1 : 0;
    if (tile.level > 0) continue;
    ASSIGN_OR_RETURN(const bool entries, WriteNew(folder + "/" + evidence::EntriesPath(tile),
                                                  [&] { return EntriesOf(archive, tile); }));
    summary.written += entries ? 1 : 0;
  }
  RETURN_IF_ERROR(WriteFileDurably(folder + "/checkpoint", checkpoint.note));
  return summary;
}

}  // namespace nightjar::bundle
