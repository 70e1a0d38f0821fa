// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <string>

#include "base/unique_fd.h"

namespace nightjar {
namespace {

std::string FolderOf(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

Status SyncAndClose(UniqueFd fd, const std::string& path) {
  if (::fsync(fd.get()) != 0) return FailErrno("cannot fsync", path);
  return {};
}

}  // namespace

Result<Bytes> ReadFile(const std::string& path, std::size_t max_bytes) {
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) return FailErrno("cannot open", path);
  Bytes content;
  char buffer[64 << 10];
  for (;;) {
    const ssize_t got = ::read(fd.get(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FailErrno("cannot read", path);
    if (got == 0) return content;
    content.append(buffer, static_cast<std::size_t>(got));
    if (content.size() > max_bytes) {
      return Fail(Code::kFull, "is larger than the " + std::to_string(max_bytes) + " bytes allowed here",
                  path);
    }
  }
}

Status WriteAll(int fd, ByteView content, const std::string& where) {
  while (!content.empty()) {
    const ssize_t put = ::write(fd, content.data(), content.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return FailErrno("cannot write", where);
    content.remove_prefix(static_cast<std::size_t>(put));
  }
  return {};
}

Status WriteFileDurably(const std::string& path, ByteView content, mode_t mode) {
  // The process id keeps two writers apart; the rename decides who wins.
  const std::string temporary = path + ".tmp" + std::to_string(::getpid());
  UniqueFd fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
  if (!fd) return FailErrno("cannot create", temporary);
  auto written = WriteAll(fd.get(), content, temporary);
  if (written) written = SyncAndClose(std::move(fd), temporary);
  if (written && ::rename(temporary.c_str(), path.c_str()) != 0)
    written = FailErrno("cannot rename to", path);
  if (!written) {
    ::unlink(temporary.c_str());
    return written;
  }
  return SyncFolder(FolderOf(path));
}

Status AppendFileDurably(const std::string& path, ByteView content, mode_t mode) {
  UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, mode));
  if (!fd) return FailErrno("cannot open for appending", path);
  RETURN_IF_ERROR(WriteAll(fd.get(), content, path));
  return SyncAndClose(std::move(fd), path);
}

Status MakeFolders(const std::string& path, mode_t mode) {
  std::string partial;
  for (std::size_t slash = 0; slash != std::string::npos;) {
    slash = path.find('/', slash + 1);
    partial = path.substr(0, slash);
    if (::mkdir(partial.c_str(), mode) != 0 && errno != EEXIST)
      return FailErrno("cannot make folder", partial);
  }
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) {
    return Fail(Code::kInvalidInput, "is not a folder", path);
  }
  return {};
}

Status SyncFolder(const std::string& path) {
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd) return FailErrno("cannot open folder", path);
  if (::fsync(fd.get()) != 0) return FailErrno("cannot fsync folder", path);
  return {};
}

}  // namespace nightjar
