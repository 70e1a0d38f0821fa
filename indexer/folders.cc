// SPDX-License-Identifier: Apache-2.0
#include "indexer/folders.h"

#include <fcntl.h>
#include <stdio.h>

#include <cerrno>
#include <filesystem>

#include "base/file.h"

namespace nightjar::indexer {

Status SwapFolders(const std::string& fresh, const std::string& live) {
  if (!std::filesystem::exists(live)) {
    return ::rename(fresh.c_str(), live.c_str()) == 0 ? Status()
                                                      : FailErrno("cannot put the new index in place", live);
  }
  if (::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, live.c_str(), RENAME_EXCHANGE) != 0) {
    return FailErrno("cannot exchange the old index with the new one", live);
  }
  return SyncFolder(std::filesystem::path(live).parent_path().string());
}

Result<std::uint64_t> BytesIn(const std::string& folder) {
  std::uint64_t bytes = 0;
  if (!std::filesystem::exists(folder)) return bytes;
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error)) {
    std::error_code gone;  // a file may go while the folder is read
    const std::uint64_t size = entry.is_regular_file(gone) ? entry.file_size(gone) : 0;
    if (!gone) bytes += size;
  }
  if (error) return Fail(Code::kIo, "cannot read: " + error.message(), folder);
  return bytes;
}

Status RemoveFolder(const std::string& folder) {
  std::error_code error;
  std::filesystem::remove_all(folder, error);
  return error ? Fail(Code::kIo, "cannot remove: " + error.message(), folder) : Status();
}

}  // namespace nightjar::indexer
