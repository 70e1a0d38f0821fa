// SPDX-License-Identifier: Apache-2.0
// A library for LD_PRELOAD that makes chosen calls of a program fail. Not shipped.
//
//   NIGHTJAR_FAULT_FOLDER   calls on files below this absolute path count
//   NIGHTJAR_FAULT_KIND     enospc, eio: the call fails so, and does nothing;
//                           short: a write writes half of its bytes (of one byte: it fails with ENOSPC);
//                           memory: malloc, calloc, realloc and aligned allocations return null, which makes
//                           operator new throw; they count from the first open below the folder on
//   NIGHTJAR_FAULT_AT       the first call to fail, counted from 1
//   NIGHTJAR_FAULT_COUNT    how many fail from there on; 0: all
//   NIGHTJAR_FAULT_UNTIL    a path; while a file is there nothing fails (what a person does who makes room)
//   NIGHTJAR_FAULT_FIRED    a file that is made when the first call fails
//
// Which calls count: write, pwrite, writev, pwritev (all kinds but memory), and for enospc and eio also open
// for writing, fsync, fdatasync, ftruncate, truncate, posix_fallocate, rename, link and mkdir. Thread-safe.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>
#include <cstring>

// glibc's own, under the names that it keeps for interposers.
extern "C" {
void* __libc_malloc(std::size_t size);                           // NOLINT
void* __libc_calloc(std::size_t count, std::size_t size);        // NOLINT
void* __libc_realloc(void* memory, std::size_t size);            // NOLINT
void* __libc_memalign(std::size_t alignment, std::size_t size);  // NOLINT
}

namespace {

template <typename Call>
Call* Real(Call* /*type*/, const char* name) {
  return reinterpret_cast<Call*>(::dlsym(RTLD_NEXT, name));
}
#define REAL(call) Real(&::call, #call)

enum class Kind : std::uint8_t { kNone, kNoSpace, kIo, kShort, kMemory };

// No allocation and no constructor anywhere here: malloc() itself asks.
constexpr int kMostDescriptors = 1 << 16;
std::atomic<bool> counted[kMostDescriptors];
std::atomic<std::uint64_t> calls{0};
std::atomic<bool> armed{false};
std::atomic<bool> fired{false};

const char* Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}
Kind KindAsked() {
  static const Kind kKind = [] {
    const char* name = Variable("NIGHTJAR_FAULT_KIND");
    if (std::strcmp(name, "enospc") == 0) return Kind::kNoSpace;
    if (std::strcmp(name, "eio") == 0) return Kind::kIo;
    if (std::strcmp(name, "short") == 0) return Kind::kShort;
    return std::strcmp(name, "memory") == 0 ? Kind::kMemory : Kind::kNone;
  }();
  return kKind;
}

bool Below(const char* path) {
  static const char* const kFolder = Variable("NIGHTJAR_FAULT_FOLDER");
  const std::size_t size = std::strlen(kFolder);
  return size > 0 && std::strncmp(path, kFolder, size) == 0 && (path[size] == '/' || path[size] == '\0');
}

void SayFired() {
  if (fired.exchange(true)) return;
  const char* path = Variable("NIGHTJAR_FAULT_FIRED");
  const int fd = REAL(open)(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0) ::close(fd);
}

// Whether the call that is being made is one that fails.
bool Fails() {
  static const std::uint64_t kFirst = std::strtoull(Variable("NIGHTJAR_FAULT_AT"), nullptr, 10);
  static const std::uint64_t kCount = std::strtoull(Variable("NIGHTJAR_FAULT_COUNT"), nullptr, 10);
  static const char* const kUntil = Variable("NIGHTJAR_FAULT_UNTIL");
  const std::uint64_t number = ++calls;
  if (number < kFirst || (kCount > 0 && number >= kFirst + kCount)) return false;
  if (*kUntil != '\0' && ::access(kUntil, F_OK) == 0) return false;
  SayFired();
  return true;
}

bool Counts(int fd) { return fd >= 0 && fd < kMostDescriptors && counted[fd].load(); }

// For calls that are not writes: whether this one fails; errno says how.
bool CallFails(bool counts) {
  const Kind kind = KindAsked();
  if (!counts || (kind != Kind::kNoSpace && kind != Kind::kIo) || !Fails()) return false;
  errno = kind == Kind::kNoSpace ? ENOSPC : EIO;
  return true;
}

// The bytes that a write of `size` may write: all of them, half, or -1 for a failure.
ssize_t Allowed(int fd, std::size_t size) {
  const auto all = static_cast<ssize_t>(size);
  if (!Counts(fd)) return all;
  if (KindAsked() != Kind::kShort) return CallFails(true) ? -1 : all;
  if (!Fails()) return all;
  if (size > 1) return all / 2;
  errno = ENOSPC;
  return -1;
}

std::size_t SizeOf(const iovec* pieces, int count) {
  std::size_t size = 0;
  for (int i = 0; i < count; ++i) size += pieces[i].iov_len;
  return size;
}

// Of several pieces only the first is written when the write is to be short.
template <typename Write>
ssize_t WritePieces(int fd, const iovec* pieces, int count, const Write& write) {
  const std::size_t size = SizeOf(pieces, count);
  const ssize_t allowed = Allowed(fd, size);
  if (allowed < 0) return -1;
  if (static_cast<std::size_t>(allowed) == size) return write(pieces, count);
  iovec first = pieces[0];
  if (count == 1) first.iov_len = static_cast<std::size_t>(allowed);
  return write(&first, 1);
}

bool MemoryFails() { return armed.load() && KindAsked() == Kind::kMemory && Fails(); }

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  mode_t mode = 0;
  if ((flags & O_CREAT) != 0) {
    va_list rest;
    va_start(rest, flags);
    mode = va_arg(rest, mode_t);
    va_end(rest);
  }
  const bool below = Below(path);
  if (below) armed = true;
  if (CallFails(below && (flags & O_ACCMODE) != O_RDONLY)) return -1;
  const int fd = REAL(open)(path, flags, mode);
  if (below && fd >= 0 && fd < kMostDescriptors) counted[fd] = true;
  return fd;
}

int close(int fd) {
  if (fd >= 0 && fd < kMostDescriptors) counted[fd] = false;
  return REAL(close)(fd);
}

ssize_t write(int fd, const void* data, std::size_t size) {
  const ssize_t allowed = Allowed(fd, size);
  return allowed < 0 ? -1 : REAL(write)(fd, data, static_cast<std::size_t>(allowed));
}

ssize_t pwrite(int fd, const void* data, std::size_t size, off_t offset) {
  const ssize_t allowed = Allowed(fd, size);
  return allowed < 0 ? -1 : REAL(pwrite)(fd, data, static_cast<std::size_t>(allowed), offset);
}

ssize_t writev(int fd, const iovec* pieces, int count) {
  return WritePieces(fd, pieces, count,
                     [&](const iovec* some, int number) { return REAL(writev)(fd, some, number); });
}

ssize_t pwritev(int fd, const iovec* pieces, int count, off_t offset) {
  return WritePieces(fd, pieces, count,
                     [&](const iovec* some, int number) { return REAL(pwritev)(fd, some, number, offset); });
}

int fsync(int fd) { return CallFails(Counts(fd)) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return CallFails(Counts(fd)) ? -1 : REAL(fdatasync)(fd); }
int ftruncate(int fd, off_t size) { return CallFails(Counts(fd)) ? -1 : REAL(ftruncate)(fd, size); }
int truncate(const char* path, off_t size) {
  return CallFails(Below(path)) ? -1 : REAL(truncate)(path, size);
}
int rename(const char* from, const char* to) { return CallFails(Below(to)) ? -1 : REAL(rename)(from, to); }
int link(const char* from, const char* to) { return CallFails(Below(to)) ? -1 : REAL(link)(from, to); }
int mkdir(const char* path, mode_t mode) { return CallFails(Below(path)) ? -1 : REAL(mkdir)(path, mode); }

int posix_fallocate(int fd, off_t offset, off_t size) {
  return CallFails(Counts(fd)) ? errno : REAL(posix_fallocate)(fd, offset, size);
}

void* malloc(std::size_t size) { return MemoryFails() ? nullptr : __libc_malloc(size); }
void* calloc(std::size_t count, std::size_t size) {
  return MemoryFails() ? nullptr : __libc_calloc(count, size);
}
void* realloc(void* memory, std::size_t size) {
  return MemoryFails() ? nullptr : __libc_realloc(memory, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  return MemoryFails() ? nullptr : __libc_memalign(alignment, size);
}
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
  void* made = MemoryFails() ? nullptr : __libc_memalign(alignment, size);
  if (made == nullptr) return ENOMEM;
  *memory = made;
  return 0;
}

}  // extern "C"
