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

// Where the line begins that ends at `end`.
std::size_t LineBefore(std::string_view text, std::size_t end) {
  const std::size_t before = end == 0 ? std::string_view::npos : text.rfind('\n', end - 1);
  return before == std::string_view::npos ? 0 : before + 1;
}

// A sector of the last line that the power cut left unwritten reads as zeros, which no note holds.
std::string_view WithoutHollowLine(std::string_view text) {
  if (!text.ends_with('\n')) return text;
  const std::size_t begin = LineBefore(text, text.size() - 1);
  return text.find('\0', begin) == std::string_view::npos ? text : text.substr(0, begin);
}

}  // namespace

std::string LogLine(std::string_view note) { return json::serialize(json::string(note)); }

Result<CheckpointLog::Tail> CheckpointLog::ReadTail() const {
  const UniqueFd fd(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd && errno == ENOENT) return Tail{};
  if (!fd) return FailErrno("cannot open", path_);
  struct stat info {};
  if (::fstat(fd.get(), &info) != 0) return FailErrno("cannot stat", path_);
  const auto size = static_cast<std::uint64_t>(info.st_size);
  ASSIGN_OR_RETURN(const Bytes end, ReadEnd(fd.get(), size, path_));

  const std::string_view lines = WithoutHollowLine(end);
  const std::size_t last_end = lines.rfind('\n');
  if (last_end == Bytes::npos) {
    if (size > kWindow) return Fail(Code::kCorrupt, "has no line in its last 128 KiB", path_);
    return Tail{std::nullopt, size > 0, 0};
  }
  const std::size_t begin = LineBefore(lines, last_end);
  ASSIGN_OR_RETURN(std::string note, NoteOf(lines.substr(begin, last_end - begin), path_));
  const std::uint64_t whole = size - end.size() + last_end + 1;
  return Tail{std::move(note), whole < size, whole};
}

Status CheckpointLog::Sync() const {
  const UniqueFd fd(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd || ::fsync(fd.get()) != 0) return FailErrno("cannot fsync", path_);
  return SyncFolder(std::filesystem::path(path_).parent_path().string());
}

Status CheckpointLog::Append(const std::string& note) const {
  ASSIGN_OR_RETURN(const Tail tail, ReadTail());
  if (tail.torn && ::truncate(path_.c_str(), static_cast<off_t>(tail.whole_bytes)) != 0)
    return FailErrno("cannot cut off a torn line", path_);
  Status appended = AppendFileDurably(path_, LogLine(note) + "\n", 0640);
  if (!appended) {
    // After a failed fsync the kernel calls the page clean although the disk lacks it: the next try has to
    // write it again.
    const bool cut = ::truncate(path_.c_str(), static_cast<off_t>(tail.whole_bytes)) == 0 || errno == ENOENT;
    if (!cut) appended.error().text += "; what of it was written could not be cut off either";
    return appended;
  }
  return SyncFolder(std::filesystem::path(path_).parent_path().string());
}

}  // namespace nightjar::captures
