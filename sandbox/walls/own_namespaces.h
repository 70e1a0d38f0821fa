// SPDX-License-Identifier: Apache-2.0
// What the two namespace walls (empty_network, empty_root) stand on: for an ordinary user a user namespace
// that maps only its own ids and gives the right to make the others; with CAP_SYS_ADMIN that right is there
// already. IPC and host name namespaces come along: they cost nothing and leave no shared memory in reach.
//
// No PID namespace: unshare(CLONE_NEWPID) would hold only children, and neither jailed program can have any;
// signals and tracing are closed by the system call wall instead.
#pragma once

#include "base/result.h"

namespace nightjar::walls {

// First of the three. kRefused where the system denies it; then nothing has changed, and the caller decides
// whether a reduced jail will do.
[[nodiscard]] Status EnterOwnNamespaces();

}  // namespace nightjar::walls
