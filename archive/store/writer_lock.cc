// SPDX-License-Identifier: Apache-2.0
#include "archive/store/writer_lock.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "base/file.h"

namespace nightjar::store {
namespace {

// The process id the holder wrote; it may be just about to write it.
std::string HolderOf(const std::string& path) {
  const auto content = ReadFile(path, 64);
  if (!content || content->empty()) return "another process";
  return "process " + content->substr(0, content->find('\n'));
}

}  // namespace

Result<WriterLock> WriterLock::Acquire(const std::string& folder) {
  RETURN_IF_ERROR(MakeFolders(folder));
  const std::string path = folder + "/writer.lock";
  UniqueFd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640));
  if (!file) return FailErrno("cannot open", path);
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return FailErrno("cannot lock", path);
    return Fail(Code::kUnavailable, HolderOf(path) + " is the writer here; stop it first", folder);
  }
  if (::ftruncate(file.get(), 0) != 0) return FailErrno("cannot truncate", path);
  RETURN_IF_ERROR(WriteAll(file.get(), std::to_string(::getpid()) + "\n", path));
  return WriterLock(std::move(file));
}

}  // namespace nightjar::store
