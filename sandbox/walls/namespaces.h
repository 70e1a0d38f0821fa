// SPDX-License-Identifier: Apache-2.0
// Wall: namespaces of our own for network (no interface, not even loopback is up), mounts, IPC and host name.
// With CAP_SYS_ADMIN they are made directly; an ordinary user gets them through a user namespace that maps
// only its own ids. Where the system denies both, the caller decides whether a reduced jail will do.
//
// No PID namespace: unshare(CLONE_NEWPID) would hold only children, and neither jailed program can have any;
// signals and tracing are closed by the system call wall instead.
#pragma once

#include "base/result.h"

namespace nightjar::walls {

// kRefused where the system denies it; then nothing has changed.
[[nodiscard]] Status EnterOwnNamespaces();

}  // namespace nightjar::walls
