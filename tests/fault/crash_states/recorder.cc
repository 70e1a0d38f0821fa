// SPDX-License-Identifier: Apache-2.0
// A library for LD_PRELOAD that writes down what a program does to the files of one folder (trace.h). Not
// shipped.
//
//   NIGHTJAR_RECORD_FOLDER   absolute path of the folder; it must be empty when the program starts
//   NIGHTJAR_RECORD_TRACE    the trace, appended to
//   NIGHTJAR_RECORD_SAID     a file outside the folder; what the program writes to it becomes kSaid, in its
//                            place among the calls, and is an acknowledgement
//
// Recorded after a call returned without an error, with the bytes that were really written. Writes through
// memory maps are not seen: LMDB without MDB_WRITEMAP makes none to data.mdb, and what it writes so to
// lock.mdb is forgotten at the first open after a crash (lmdb.h). A call of its kind that the model cannot
// follow (msync, a rename between folders, a file that nobody was seen to make) is recorded as kStray, which
// fails the test. Calls of several threads are recorded one after the other, under one lock.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <map>
#include <mutex>
#include <optional>

#include "tests/fault/crash_states/trace.h"

namespace nightjar::fault {
namespace {

template <typename Call>
Call* Real(Call* /*type*/, const char* name) {
  return reinterpret_cast<Call*>(::dlsym(RTLD_NEXT, name));
}
#define REAL(call) Real(&::call, #call)

struct Open {
  std::uint64_t file = 0;                  // 0: a folder
  std::optional<std::string> folder = {};  // its path
  bool durable = false;
  bool appends = false;
  bool said = false;
};

class Recorder final {
 public:
  static Recorder& The() {
    static auto* recorder = new Recorder;  // never destroyed: calls come until the very end
    return *recorder;
  }

  std::mutex mutex;
  std::map<int, Open> open;
  std::map<ino_t, std::uint64_t> files;  // that have a name

  // The path within the folder, if it lies there.
  std::optional<std::string> Within(const char* path) const {
    const std::string whole(path);
    if (whole == folder_) return "";
    if (!whole.starts_with(folder_ + "/")) return std::nullopt;
    return whole.substr(folder_.size() + 1);
  }
  bool IsSaid(const char* path) const { return path == said_; }
  void Write(const Op& op) const {
    const Bytes record = Encode(op);
    if (REAL(write)(trace_, record.data(), record.size()) != static_cast<ssize_t>(record.size()))
      std::abort();  // a trace with a hole would prove nothing
  }
  void Stray(std::string what) const { Write({.kind = Op::Kind::kStray, .data = std::move(what)}); }
  std::uint64_t Make(ino_t inode) { return files[inode] = ++made_; }

 private:
  Recorder()
      : folder_(std::getenv("NIGHTJAR_RECORD_FOLDER")),
        said_(std::getenv("NIGHTJAR_RECORD_SAID")),
        trace_(REAL(open)(std::getenv("NIGHTJAR_RECORD_TRACE"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
                          0600)) {}
  const std::string folder_;
  const std::string said_;
  const int trace_;
  std::uint64_t made_ = 0;
};

struct stat Of(const char* path) {
  struct stat info {};
  if (::lstat(path, &info) != 0) info = {};
  return info;
}

void NoteOpened(Recorder& recorder, const char* path, int flags, int fd, bool existed) {
  struct stat info {};
  ::fstat(fd, &info);
  Open opened{.durable = (flags & O_DSYNC) != 0, .appends = (flags & O_APPEND) != 0};
  const auto within = recorder.Within(path);
  if (recorder.IsSaid(path)) {
    opened.said = true;
  } else if (!within) {
    return;
  } else if (S_ISDIR(info.st_mode)) {
    opened.folder = *within;
  } else if (!existed) {
    opened.file = recorder.Make(info.st_ino);
    recorder.Write({.kind = Op::Kind::kCreate, .file = opened.file, .path = *within});
  } else if (const auto known = recorder.files.find(info.st_ino); known != recorder.files.end()) {
    opened.file = known->second;
    if ((flags & O_TRUNC) != 0) recorder.Write({.kind = Op::Kind::kTruncate, .file = opened.file});
  } else {
    recorder.Stray("open of a file that was there before: " + *within);
    return;
  }
  recorder.open[fd] = opened;
}

// The last name of an inode is about to go.
void Forget(Recorder& recorder, const struct stat& info) {
  if (info.st_nlink == 1) recorder.files.erase(info.st_ino);
}

struct Written {
  std::optional<Open> to;
  std::uint64_t at = 0;
};
// Where a write without an offset will go.
Written BeforeWrite(int fd) {
  Recorder& recorder = Recorder::The();
  const auto open = recorder.open.find(fd);
  if (open == recorder.open.end()) return {};
  struct stat info {};
  ::fstat(fd, &info);
  const off_t at = open->second.appends ? info.st_size : ::lseek(fd, 0, SEEK_CUR);
  return {open->second, static_cast<std::uint64_t>(at)};
}
void AfterWrite(const Written& write, ByteView bytes, ssize_t put) {
  if (!write.to || put <= 0) return;
  Recorder::The().Write({.kind = write.to->said ? Op::Kind::kSaid : Op::Kind::kWrite,
                         .file = write.to->file,
                         .at = write.at,
                         .durable = write.to->durable,
                         .data = Bytes(bytes.substr(0, static_cast<std::size_t>(put)))});
}
Written At(int fd, off_t offset) {
  Written write = BeforeWrite(fd);
  write.at = static_cast<std::uint64_t>(offset);
  return write;
}
Bytes Gather(const iovec* pieces, int count) {
  Bytes all;
  for (int i = 0; i < count; ++i) all.append(static_cast<const char*>(pieces[i].iov_base), pieces[i].iov_len);
  return all;
}
ByteView View(const void* data, std::size_t size) { return {static_cast<const char*>(data), size}; }

int NoteSync(int fd, int result) {
  Recorder& recorder = Recorder::The();
  const auto open = recorder.open.find(fd);
  if (result != 0 || open == recorder.open.end()) return result;
  if (open->second.folder)
    recorder.Write({.kind = Op::Kind::kSyncFolder, .path = *open->second.folder});
  else
    recorder.Write({.kind = Op::Kind::kSync, .file = open->second.file});
  return result;
}

void NoteSize(std::uint64_t file, off_t size) {
  Recorder::The().Write({.kind = Op::Kind::kTruncate, .file = file, .at = static_cast<std::uint64_t>(size)});
}

bool InOneFolder(const std::string& from, const std::string& to) {
  const auto folder = [](const std::string& path) { return path.substr(0, path.rfind('/') + 1); };
  return folder(from) == folder(to);
}

}  // namespace
}  // namespace nightjar::fault

using namespace nightjar::fault;
using nightjar::Bytes;

extern "C" {

int open(const char* path, int flags, ...) {
  mode_t mode = 0;
  if ((flags & O_CREAT) != 0) {
    va_list rest;
    va_start(rest, flags);
    mode = va_arg(rest, mode_t);
    va_end(rest);
  }
  Recorder& recorder = Recorder::The();
  const std::scoped_lock lock(recorder.mutex);
  const bool existed = Of(path).st_ino != 0;
  const int fd = REAL(open)(path, flags, mode);
  const int kept = errno;
  if (fd >= 0) NoteOpened(recorder, path, flags, fd, existed);
  errno = kept;
  return fd;
}

int close(int fd) {
  Recorder& recorder = Recorder::The();
  const std::scoped_lock lock(recorder.mutex);
  recorder.open.erase(fd);
  return REAL(close)(fd);
}

ssize_t write(int fd, const void* data, std::size_t size) {
  const std::scoped_lock lock(Recorder::The().mutex);
  const Written place = BeforeWrite(fd);
  const ssize_t put = REAL(write)(fd, data, size);
  AfterWrite(place, View(data, size), put);
  return put;
}

ssize_t pwrite(int fd, const void* data, std::size_t size, off_t offset) {
  const std::scoped_lock lock(Recorder::The().mutex);
  const Written place = At(fd, offset);
  const ssize_t put = REAL(pwrite)(fd, data, size, offset);
  AfterWrite(place, View(data, size), put);
  return put;
}

ssize_t writev(int fd, const iovec* pieces, int count) {
  const std::scoped_lock lock(Recorder::The().mutex);
  const Written place = BeforeWrite(fd);
  const ssize_t put = REAL(writev)(fd, pieces, count);
  AfterWrite(place, Gather(pieces, count), put);
  return put;
}

ssize_t pwritev(int fd, const iovec* pieces, int count, off_t offset) {
  const std::scoped_lock lock(Recorder::The().mutex);
  const Written place = At(fd, offset);
  const ssize_t put = REAL(pwritev)(fd, pieces, count, offset);
  AfterWrite(place, Gather(pieces, count), put);
  return put;
}

int fsync(int fd) {
  const std::scoped_lock lock(Recorder::The().mutex);
  return NoteSync(fd, REAL(fsync)(fd));
}

int fdatasync(int fd) {
  const std::scoped_lock lock(Recorder::The().mutex);
  return NoteSync(fd, REAL(fdatasync)(fd));
}

int msync(void* address, std::size_t size, int flags) {
  Recorder::The().Stray("msync");
  return REAL(msync)(address, size, flags);
}

int sync_file_range(int fd, off_t offset, off_t size, unsigned flags) {
  Recorder::The().Stray("sync_file_range");
  return REAL(sync_file_range)(fd, offset, size, flags);
}

int ftruncate(int fd, off_t size) {
  Recorder& recorder = Recorder::The();
  const std::scoped_lock lock(recorder.mutex);
  const int result = REAL(ftruncate)(fd, size);
  const auto open = recorder.open.find(fd);
  if (result == 0 && open != recorder.open.end()) NoteSize(open->second.file, size);
  return result;
}

int truncate(const char* path, off_t size) {
  Recorder& recorder = Recorder::The();
  const std::scoped_lock lock(recorder.mutex);
  const int result = REAL(truncate)(path, size);
  if (result == 0 && recorder.Within(path)) NoteSize(recorder.files[Of(path).st_ino], size);
  return result;
}

int posix_fallocate(int fd, off_t offset, off_t size) {
  Recorder& recorder = Recorder::The();
  const std::scoped_lock lock(recorder.mutex);
  struct stat before {};
  ::fstat(fd, &before);
  const int result = REAL(posix_fallocate)(fd, offset, size);
  const auto open = recorder.open.find(fd);
  if (result == 0 && open != recorder.open.end() && offset + size > before.st_size)
    NoteSize(open->second.file, offset + size);
  return result;
}

int rename(const char* from, const char* to) {
  Recorder& recorder = Recorder::The();
  const std::scoped_lock lock(recorder.mutex);
  const auto source = recorder.Within(from);
  const auto target = recorder.Within(to);
  const struct stat replaced = Of(to);
  const int result = REAL(rename)(from, to);
  if (result != 0 || (!source && !target)) return result;
  Forget(recorder, replaced);
  if (source && target && InOneFolder(*source, *target))
    recorder.Write(
        {.kind = Op::Kind::kRename, .file = recorder.files[Of(to).st_ino], .path = *source, .to = *target});
  else
    recorder.Stray("rename between folders: " + std::string(from));
  return result;
}

int link(const char* from, const char* to) {
  Recorder& recorder = Recorder::The();
  const std::scoped_lock lock(recorder.mutex);
  const int result = REAL(link)(from, to);
  const auto source = recorder.Within(from);
  const auto target = recorder.Within(to);
  if (result == 0 && target)
    recorder.Write({.kind = Op::Kind::kLink,
                    .file = recorder.files[Of(to).st_ino],
                    .path = source.value_or(""),
                    .to = *target});
  return result;
}

int unlink(const char* path) {
  Recorder& recorder = Recorder::The();
  const std::scoped_lock lock(recorder.mutex);
  const struct stat info = Of(path);
  const int result = REAL(unlink)(path);
  const int kept = errno;
  if (const auto within = recorder.Within(path); result == 0 && within) {
    Forget(recorder, info);
    recorder.Write({.kind = Op::Kind::kUnlink, .path = *within});
  }
  errno = kept;
  return result;
}

int mkdir(const char* path, mode_t mode) {
  Recorder& recorder = Recorder::The();
  const std::scoped_lock lock(recorder.mutex);
  const int result = REAL(mkdir)(path, mode);
  const int kept = errno;
  if (const auto within = recorder.Within(path); result == 0 && within)
    recorder.Write({.kind = Op::Kind::kMakeFolder, .path = *within});
  errno = kept;
  return result;
}

}  // extern "C"
