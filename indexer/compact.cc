// SPDX-License-Identifier: Apache-2.0
#include "indexer/compact.h"

#include <fcntl.h>
#include <unistd.h>
#include <xapian.h>

#include <filesystem>

#include "base/file.h"
#include "base/unique_fd.h"
#include "indexer/columns/writer.h"
#include "indexer/folders.h"
#include "indexer/items/item_store.h"
#include "indexer/query/layout.h"
#include "indexer/query/xapian_errors.h"
#include "indexer/role_lock.h"

namespace nightjar::indexer {
namespace {

Status SyncFiles(const std::string& folder) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const UniqueFd fd(::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd || ::fsync(fd.get()) != 0) return FailErrno("cannot fsync", entry.path().string());
  }
  return SyncFolder(folder);
}

Status WriteShards(const std::string& from, const std::string& to) {
  for (unsigned i = 0; std::filesystem::exists(query::ShardFolder(from, i)); ++i) {
    RETURN_IF_ERROR(query::Guarded(from, [&]() -> Status {
      Xapian::Database(query::ShardFolder(from, i))
          .compact(query::ShardFolder(to, i), Xapian::DBCOMPACT_NO_RENUMBER);
      return {};
    }));
    RETURN_IF_ERROR(SyncFiles(query::ShardFolder(to, i)));
  }
  return {};
}

}  // namespace

Status CompactFolder(const std::string& index_folder, Items items) {
  const std::string fresh = index_folder + ".compact";
  RETURN_IF_ERROR(OverwriteAndRemoveFolder(fresh));  // of a call that did not get to its end
  RETURN_IF_ERROR(MakeFolders(fresh));
  RETURN_IF_ERROR(WriteShards(index_folder, fresh));
  RETURN_IF_ERROR(columns::CopyCompacted(query::ColumnsFolder(index_folder), query::ColumnsFolder(fresh)));
  if (items == Items::kKept && std::filesystem::exists(ItemsFolder(index_folder)))
    RETURN_IF_ERROR(items::CopyCompacted(ItemsFolder(index_folder), ItemsFolder(fresh)));
  RETURN_IF_ERROR(SyncFolder(fresh));
  RETURN_IF_ERROR(SwapFolders(fresh, index_folder));
  return OverwriteAndRemoveFolder(fresh);
}

Result<Compacted> CompactIndex(const config::Settings& settings) {
  const std::string folder = settings.IndexFolder();
  ASSIGN_OR_RETURN(const UniqueFd lock, TakeRoleLock(folder));
  if (!std::filesystem::exists(query::ColumnsFolder(folder)))
    return Fail(Code::kNotFound, "there is no index here yet", folder);
  Compacted done;
  ASSIGN_OR_RETURN(done.bytes_before, BytesIn(folder));
  RETURN_IF_ERROR(CompactFolder(folder, Items::kKept));
  ASSIGN_OR_RETURN(done.bytes_after, BytesIn(folder));
  return done;
}

}  // namespace nightjar::indexer
