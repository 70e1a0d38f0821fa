// SPDX-License-Identifier: Apache-2.0
// flock(2) for "one process at a time does this". The lock goes with the last descriptor of the open file,
// and a child between fork() and exec() has one: so after a holder was killed, its lock may live on for as
// long as the kernel takes to start or end that child. Whoever restarts a killed process at once must wait
// that long.
#pragma once

#include <chrono>
#include <string>

#include "base/result.h"

namespace nightjar {

inline constexpr std::chrono::milliseconds kLockPatience{1000};

// Takes the exclusive lock on the open file `fd`. False when it is still held after kLockPatience. `path` is
// for messages. Blocks the calling thread.
[[nodiscard]] Result<bool> LockExclusively(int fd, const std::string& path);

}  // namespace nightjar
