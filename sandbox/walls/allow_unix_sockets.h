// SPDX-License-Identifier: Apache-2.0
// Weakens the system call wall: sockets, but of AF_UNIX only; any other family gets EACCES (libcurl reports
// it as a failed connection). Only the fetcher's list may include this.
#pragma once

#include <sys/socket.h>
#include <sys/syscall.h>

#include <cerrno>

#include "sandbox/walls/syscalls.h"

namespace nightjar::walls {

inline void AllowUnixSockets(SyscallFilter& filter) {
  filter.RefuseUnless(EACCES, SYS_socket, 0, AF_UNIX);
  filter.RefuseUnless(EACCES, SYS_socketpair, 0, AF_UNIX);
  filter.Allow({SYS_connect, SYS_shutdown, SYS_sendto, SYS_recvfrom, SYS_sendmsg, SYS_recvmsg, SYS_getsockopt,
                SYS_setsockopt, SYS_getsockname, SYS_getpeername});
}

}  // namespace nightjar::walls
