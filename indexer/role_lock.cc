// SPDX-License-Identifier: Apache-2.0
#include "indexer/role_lock.h"

#include <fcntl.h>

#include <filesystem>

#include "base/file.h"
#include "base/file_lock.h"

namespace nightjar::indexer {

Result<UniqueFd> TakeRoleLock(const std::string& index_folder) {
  const std::string path = index_folder + ".lock";
  RETURN_IF_ERROR(MakeFolders(std::filesystem::path(path).parent_path().string()));
  UniqueFd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640));
  if (!fd) return FailErrno("cannot open the index role's lock", path);
  ASSIGN_OR_RETURN(const bool locked, LockExclusively(fd.get(), path));
  if (locked) return fd;
  return Fail(Code::kUnavailable, "the index role is running already; stop it first", path);
}

}  // namespace nightjar::indexer
