// SPDX-License-Identifier: Apache-2.0
#include "archive/store/lmdb_error.h"

#include <lmdb.h>

#include <cerrno>

#include "archive/store/watermark.h"

namespace nightjar::store {
namespace {

// Less free space than this after a failed write means that the write failed for want of space: a commit
// writes its pages in runs, and the run that did not fit has already taken what was left.
constexpr std::uint64_t kNoRoom = 1 << 20;

bool DiskIsFull(const std::string& folder) {
  const auto free = FreeBytes(folder);
  return free && *free < kNoRoom;
}

Code CodeOf(int code, const std::string& folder) {
  switch (code) {
    case MDB_MAP_FULL:
    case MDB_TXN_FULL:
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
    case ENOMEM:
      return Code::kFull;
    case EIO:
      return DiskIsFull(folder) ? Code::kFull : Code::kIo;
    case MDB_READERS_FULL:
    case MDB_MAP_RESIZED:
    case MDB_VERSION_MISMATCH:
    case EAGAIN:
    case EBUSY:
      return Code::kUnavailable;
    case MDB_INVALID:
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_CURSOR_FULL:
      return Code::kCorrupt;
    case MDB_NOTFOUND:
    case ENOENT:
      return Code::kNotFound;
    case MDB_BAD_VALSIZE:
      return Code::kRefused;
    case MDB_BAD_TXN:
    case MDB_BAD_DBI:
    case MDB_BAD_RSLOT:
    case MDB_INCOMPATIBLE:
    case EINVAL:
      return Code::kInternal;
    default:  // MDB_PANIC and every other errno
      return Code::kIo;
  }
}

std::string_view Advice(int code, Code meaning) {
  if (code == MDB_MAP_FULL) return "; raise map_size";
  if (code == MDB_PANIC) return "; an earlier write failed: close every user of this store and open it again";
  if (code == MDB_READERS_FULL) return "; too many readers at once, or raise max_readers";
  if (code == MDB_MAP_RESIZED) return "; another process uses a larger map_size: open again with the same";
  if (code == ENOMEM) return "; no address space for the map: lift RLIMIT_AS or lower map_size";
  if (meaning == Code::kFull) return "; the disk is full: free space and try again";
  return "";
}

}  // namespace

tl::unexpected<Error> FailLmdb(int code, std::string_view what, const std::string& folder) {
  const Code meaning = CodeOf(code, folder);
  std::string text(what);
  text += ": ";
  text += mdb_strerror(code);
  text += Advice(code, meaning);
  return Fail(meaning, std::move(text), folder);
}

}  // namespace nightjar::store
