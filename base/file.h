// SPDX-License-Identifier: Apache-2.0
// Whole small files: keys, settings, checkpoints, exports. Paths are plain strings; errors name the path.
#pragma once

#include <sys/types.h>

#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace nightjar {

// The file's bytes; refuses files over `max_bytes` (kFull) so that a wrong path cannot eat the memory.
[[nodiscard]] Result<Bytes> ReadFile(const std::string& path, std::size_t max_bytes = 1ULL << 30);

// Replaces `path` atomically: temporary file beside it, fsync, rename, fsync of the folder. After a crash the
// old or the new content is there, never a mixture.
[[nodiscard]] Status WriteFileDurably(const std::string& path, ByteView content, mode_t mode = 0644);

// Like WriteFileDurably, but never replaces: kAlreadyExists when `path` is there. Of several processes that
// create the same file, exactly one succeeds.
[[nodiscard]] Status CreateFileDurably(const std::string& path, ByteView content, mode_t mode = 0644);

// Appends `content` and fsyncs, making the file, and its name durable, if there is none. Short writes are an
// error; the caller decides whether a torn tail is harmful.
[[nodiscard]] Status AppendFileDurably(const std::string& path, ByteView content, mode_t mode = 0644);

// Writes zeros over the file's bytes, then removes it. (What journals, snapshots and worn flash cells keep of
// them is beyond reach.) All its names share the bytes.
[[nodiscard]] Status OverwriteAndRemove(const std::string& path);

// Every file in it and below it overwritten, then all removed. A folder that is not there is fine.
[[nodiscard]] Status OverwriteAndRemoveFolder(const std::string& folder);

// Changes whenever the file does (size, inode, times); a missing file has a stamp too.
[[nodiscard]] std::string FileStamp(const std::string& path);

// mkdir -p. An existing folder is fine. The names of those it makes are durable when it returns OK.
[[nodiscard]] Status MakeFolders(const std::string& path, mode_t mode = 0750);

// fsync of a folder, which makes names created or renamed in it survive a power cut.
[[nodiscard]] Status SyncFolder(const std::string& path);

// Writes all of `content` to `fd`, restarting after EINTR and short writes.
[[nodiscard]] Status WriteAll(int fd, ByteView content, const std::string& where);

}  // namespace nightjar
