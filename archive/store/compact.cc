// SPDX-License-Identifier: Apache-2.0
#include "archive/store/compact.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "archive/store/environment.h"
#include "archive/store/store.h"
#include "base/file.h"
#include "base/unique_fd.h"

namespace nightjar::store {
namespace {

// LMDB 0.9 holds a shared fcntl lock on the first byte of lock.mdb as long as an environment is open
// (mdb.c, mdb_env_excl_lock).
Status CheckUnused(const UniqueFd& lock_file, const std::string& folder) {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_len = 1;
  if (!lock_file || ::fcntl(lock_file.get(), F_GETLK, &lock) != 0) return {};
  if (lock.l_type == F_UNLCK) return {};
  return Fail(Code::kUnavailable,
              "is in use by process " + std::to_string(lock.l_pid) + "; stop Nightjar and try again", folder);
}

bool SameFile(const std::string& a, const std::string& b) {
  struct stat one {};
  struct stat other {};
  return ::stat(a.c_str(), &one) == 0 && ::stat(b.c_str(), &other) == 0 && one.st_ino == other.st_ino &&
         one.st_dev == other.st_dev;
}

// Of a call that did not get to its end: the old file is either still in use, or to be overwritten.
Status FinishFormer(const std::string& data, const std::string& old) {
  if (::access(old.c_str(), F_OK) != 0) return {};
  if (!SameFile(data, old)) return OverwriteAndRemove(old);
  return ::unlink(old.c_str()) == 0 ? Status() : FailErrno("cannot remove", old);
}

Status CopyLiving(const std::string& folder, const std::string& copy_folder) {
  ASSIGN_OR_RETURN(const auto env, Env::Open({.folder = folder, .tables = {}, .read_only = true}));
  return env->CopyTo(copy_folder);
}

}  // namespace

Status CheckUnusedByOthers(const std::string& folder) {
  // Closing a descriptor of the file would drop this process's own locks.
  if (IsOpenHere(folder))
    return Fail(Code::kInternal, "cannot be asked about while this process has it open", folder);
  const UniqueFd lock_file(::open((folder + "/lock.mdb").c_str(), O_RDWR | O_CLOEXEC));
  return CheckUnused(lock_file, folder);
}

Status Compact(const std::string& folder) {
  const std::string data = folder + "/data.mdb";
  const std::string old = data + ".erased";
  const std::string copy_folder = folder + "/compact.new";
  if (::access(data.c_str(), F_OK) != 0) return {};
  if (IsOpenHere(folder)) return Fail(Code::kUnavailable, "is in use by this process", folder);
  // Closed last: closing any descriptor of the file would drop the locks of an environment that is open.
  const UniqueFd lock_file(::open((folder + "/lock.mdb").c_str(), O_RDWR | O_CLOEXEC));
  RETURN_IF_ERROR(CheckUnused(lock_file, folder));
  RETURN_IF_ERROR(FinishFormer(data, old));
  std::error_code error;
  std::filesystem::remove_all(copy_folder, error);
  RETURN_IF_ERROR(CopyLiving(folder, copy_folder));
  RETURN_IF_ERROR(CheckUnused(lock_file, folder));
  if (::link(data.c_str(), old.c_str()) != 0) return FailErrno("cannot make a second name for", data);
  if (::rename((copy_folder + "/data.mdb").c_str(), data.c_str()) != 0)
    return FailErrno("cannot replace", data);
  RETURN_IF_ERROR(SyncFolder(folder));
  std::filesystem::remove_all(copy_folder, error);
  return OverwriteAndRemove(old);
}

}  // namespace nightjar::store
