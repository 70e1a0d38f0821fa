// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

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

// A complete file beside `path` under a name no other writer uses, gone again unless it was renamed.
class TemporaryFile final {
 public:
  explicit TemporaryFile(const std::string& path) {
    static std::atomic<std::uint64_t> count = 0;
    name_ = fmt::format("{}.tmp{}.{}", path, ::getpid(), count++);
    ::unlink(name_.c_str());  // left by a process of the same number that died before
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { ::unlink(name_.c_str()); }

  Status Fill(ByteView content, mode_t mode) {
    UniqueFd fd(::open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
    if (!fd) return FailErrno("cannot create", name_);
    RETURN_IF_ERROR(WriteAll(fd.get(), content, name_));
    return SyncAndClose(std::move(fd), name_);
  }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  std::string name_;
};

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
  TemporaryFile file(path);
  RETURN_IF_ERROR(file.Fill(content, mode));
  if (::rename(file.name().c_str(), path.c_str()) != 0) return FailErrno("cannot rename to", path);
  return SyncFolder(FolderOf(path));
}

Status CreateFileDurably(const std::string& path, ByteView content, mode_t mode) {
  TemporaryFile file(path);
  RETURN_IF_ERROR(file.Fill(content, mode));
  if (::link(file.name().c_str(), path.c_str()) != 0) return FailErrno("cannot create", path);
  return SyncFolder(FolderOf(path));
}

Status AppendFileDurably(const std::string& path, ByteView content, mode_t mode) {
  UniqueFd fd(::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC));
  const bool made = !fd && errno == ENOENT;
  if (made) fd.Reset(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, mode));
  if (!fd) return FailErrno("cannot open for appending", path);
  RETURN_IF_ERROR(WriteAll(fd.get(), content, path));
  RETURN_IF_ERROR(SyncAndClose(std::move(fd), path));
  return made ? SyncFolder(FolderOf(path)) : Status();
}

Status MakeFolders(const std::string& path, mode_t mode) {
  std::string partial;
  for (std::size_t slash = 0; slash != std::string::npos;) {
    slash = path.find('/', slash + 1);
    partial = path.substr(0, slash);
    if (::mkdir(partial.c_str(), mode) == 0) {
      RETURN_IF_ERROR(SyncFolder(FolderOf(partial)));
    } else if (errno != EEXIST) {
      return FailErrno("cannot make folder", partial);
    }
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

Status OverwriteAndRemove(const std::string& path) {
  const Bytes zeros(1 << 20, '\0');
  const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  struct stat info {};
  if (!fd || ::fstat(fd.get(), &info) != 0) return FailErrno("cannot overwrite", path);
  for (auto left = static_cast<std::uint64_t>(info.st_size); left > 0;) {
    const std::size_t some = std::min<std::uint64_t>(left, zeros.size());
    RETURN_IF_ERROR(WriteAll(fd.get(), ByteView(zeros).substr(0, some), path));
    left -= some;
  }
  if (::fsync(fd.get()) != 0) return FailErrno("cannot overwrite", path);
  if (::unlink(path.c_str()) != 0) return FailErrno("cannot remove", path);
  return SyncFolder(FolderOf(path));
}

Status OverwriteAndRemoveFolder(const std::string& folder) {
  std::error_code error;
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error))
    if (entry.is_regular_file(error)) files.push_back(entry.path().string());
  for (const std::string& file : files) RETURN_IF_ERROR(OverwriteAndRemove(file));
  std::filesystem::remove_all(folder, error);
  return error ? Fail(Code::kIo, "cannot remove: " + error.message(), folder) : Status();
}

std::string FileStamp(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) info = {};
  const auto text = [](auto number) { return std::to_string(number) + ":"; };
  return text(info.st_ino) + text(info.st_size) + text(info.st_mtim.tv_sec) + text(info.st_mtim.tv_nsec) +
         text(info.st_ctim.tv_sec) + text(info.st_ctim.tv_nsec);
}

}  // namespace nightjar
