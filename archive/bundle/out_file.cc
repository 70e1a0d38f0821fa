// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/out_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "base/file.h"

namespace nightjar::bundle {

std::string PartialName(const std::string& path) { return path + ".partial" + std::to_string(::getpid()); }

Result<UniqueFd> CreateFile(const std::string& path) {
  UniqueFd file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640));
  if (!file) return FailErrno("cannot create", path);
  return file;
}

Status RefuseExisting(const std::string& path) {
  struct stat info {};
  if (::lstat(path.c_str(), &info) == 0)
    return Fail(Code::kAlreadyExists, "exists; an export never replaces a file", path);
  return {};
}

Status Publish(const std::string& from, const std::string& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0) {
    if (errno != EINVAL) return FailErrno("cannot rename to", to);
    RETURN_IF_ERROR(RefuseExisting(to));
    if (::rename(from.c_str(), to.c_str()) != 0) return FailErrno("cannot rename to", to);
  }
  const std::string folder = std::filesystem::path(to).parent_path().string();
  return SyncFolder(folder.empty() ? "." : folder);
}

}  // namespace nightjar::bundle
