// SPDX-License-Identifier: Apache-2.0
#include "base/file_lock.h"

#include <sys/file.h>

#include <cerrno>
#include <thread>

namespace nightjar {

Result<bool> LockExclusively(int fd, const std::string& path) {
  constexpr std::chrono::milliseconds kStep(10);
  for (auto left = kLockPatience;; left -= kStep) {
    if (::flock(fd, LOCK_EX | LOCK_NB) == 0) return true;
    if (errno != EWOULDBLOCK && errno != EINTR) return FailErrno("cannot lock", path);
    if (left <= kStep) return false;
    std::this_thread::sleep_for(kStep);
  }
}

}  // namespace nightjar
