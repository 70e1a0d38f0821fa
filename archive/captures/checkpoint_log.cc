// SPDX-License-Identifier: Apache-2.0
#include "archive/captures/checkpoint_log.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "base/file.h"
#include "base/json.h"
#include "base/unique_fd.h"

namespace nightjar::captures {
namespace {

// Holds the longest note (16 signature lines) twice over: always the last whole line and a torn one.
constexpr std::uint64_t kWindow = 128 << 10;

// The last bytes of the file, at most kWindow.
Result<Bytes> ReadEnd(int fd, std::uint64_t size, const std::string& path) {
  Bytes end(std::min(size, kWindow), '\0');
  for (std::size_t have = 0; have < end.size();) {
    const auto offset = static_cast<off_t>(size - end.size() + have);
    const ssize_t got = ::pread(fd, end.data() + have, end.size() - have, offset);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FailErrno("cannot read", path);
    if (got == 0) return Fail(Code::kIo, "shrank while it was read", path);
    have += static_cast<std::size_t>(got);
  }
  return end;
}

Result<std::string> NoteOf(std::string_view line, const std::string& path) {
  boost::system::error_code failure;
  const json::value value = json::parse(line, failure);
  if (failure || !value.is_string()) return Fail(Code::kCorrupt, "the last whole line is no note", path);
  return std::string(value.get_string());
}

}  // namespace

Result<CheckpointLog::Tail> CheckpointLog::ReadTail() const {
  const UniqueFd fd(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd && errno == ENOENT) return Tail{};
  if (!fd) return FailErrno("cannot open", path_);
  struct stat info {};
  if (::fstat(fd.get(), &info) != 0) return FailErrno("cannot stat", path_);
  const auto size = static_cast<std::uint64_t>(info.st_size);
  ASSIGN_OR_RETURN(const Bytes end, ReadEnd(fd.get(), size, path_));

  const std::size_t last_end = end.rfind('\n');
  if (last_end == Bytes::npos) {
    if (size > kWindow) return Fail(Code::kCorrupt, "has no line in its last 128 KiB", path_);
    return Tail{std::nullopt, size > 0, 0};
  }
  const std::size_t before = last_end == 0 ? Bytes::npos : end.rfind('\n', last_end - 1);
  const std::size_t begin = before == Bytes::npos ? 0 : before + 1;
  ASSIGN_OR_RETURN(std::string note, NoteOf(std::string_view(end).substr(begin, last_end - begin), path_));
  const std::uint64_t whole = size - end.size() + last_end + 1;
  return Tail{std::move(note), whole < size, whole};
}

Status CheckpointLog::Append(const std::string& note) const {
  ASSIGN_OR_RETURN(const Tail tail, ReadTail());
  if (tail.torn && ::truncate(path_.c_str(), static_cast<off_t>(tail.whole_bytes)) != 0)
    return FailErrno("cannot cut off a torn line", path_);
  RETURN_IF_ERROR(AppendFileDurably(path_, json::serialize(json::string(note)) + "\n", 0640));
  return SyncFolder(std::filesystem::path(path_).parent_path().string());
}

}  // namespace nightjar::captures
