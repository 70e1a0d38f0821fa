// SPDX-License-Identifier: Apache-2.0
// The right to be the one writer of a folder: an flock(2) on <folder>/writer.lock, gone with the process that
// holds it, however it ends. LMDB only keeps two write transactions apart; a writer that keeps state between
// its transactions (the evidence log) needs more.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "base/result.h"
#include "base/unique_fd.h"

namespace nightjar::store {

class WriterLock final {
 public:
  // Makes the folder if missing. kUnavailable, naming the process id of the holder, when it is taken; also
  // when this very process holds it.
  [[nodiscard]] static Result<WriterLock> Acquire(const std::string& folder);

  // The process that is the writer there now, asked without touching the lock (/proc/locks, proc(5)); nothing
  // when none is, or when it lives where this process cannot see it (another PID namespace).
  [[nodiscard]] static std::optional<pid_t> Holder(const std::string& folder);

 private:
  explicit WriterLock(UniqueFd file) : file_(std::move(file)) {}
  UniqueFd file_;  // closing it frees the lock; never inherited by exec
};

}  // namespace nightjar::store
