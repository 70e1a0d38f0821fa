// SPDX-License-Identifier: Apache-2.0
#include "archive/store/writer_lock.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <fstream>
#include <sstream>

#include "base/file.h"
#include "base/file_lock.h"

namespace nightjar::store {
namespace {

// The process id the holder wrote; it may be just about to write it.
std::string HolderOf(const std::string& path) {
  const auto content = ReadFile(path, 64);
  if (!content || content->empty()) return "another process";
  return "process " + content->substr(0, content->find('\n'));
}

// The process named by a line of /proc/locks, if it is a granted flock on that inode:
// "1: FLOCK  ADVISORY  WRITE 4242 fe:01:131 0 EOF".
std::optional<pid_t> HolderIn(const std::string& line, ino_t inode) {
  std::istringstream words(line);
  std::string number;
  std::string kind;
  std::string mode;
  std::string type;
  std::string place;
  pid_t pid = 0;
  if (!(words >> number >> kind >> mode >> type >> pid >> place) || kind != "FLOCK" || pid <= 0)
    return std::nullopt;
  if (place.substr(place.rfind(':') + 1) != std::to_string(inode)) return std::nullopt;
  return pid;
}

}  // namespace

std::optional<pid_t> WriterLock::Holder(const std::string& folder) {
  const std::string path = folder + "/writer.lock";
  struct stat file {};
  if (::stat(path.c_str(), &file) != 0) return std::nullopt;
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);) {
    const auto pid = HolderIn(line, file.st_ino);
    // Inode numbers repeat on other file systems: the holder must also be who says so in the file.
    if (pid && HolderOf(path) == "process " + std::to_string(*pid)) return pid;
  }
  return std::nullopt;
}

Result<WriterLock> WriterLock::Acquire(const std::string& folder) {
  RETURN_IF_ERROR(MakeFolders(folder));
  const std::string path = folder + "/writer.lock";
  UniqueFd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640));
  if (!file) return FailErrno("cannot open", path);
  ASSIGN_OR_RETURN(const bool locked, LockExclusively(file.get(), path));
  if (!locked) return Fail(Code::kUnavailable, HolderOf(path) + " is the writer here; stop it first", folder);
  if (::ftruncate(file.get(), 0) != 0) return FailErrno("cannot truncate", path);
  RETURN_IF_ERROR(WriteAll(file.get(), std::to_string(::getpid()) + "\n", path));
  return WriterLock(std::move(file));
}

}  // namespace nightjar::store
