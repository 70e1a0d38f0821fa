// SPDX-License-Identifier: Apache-2.0
// Wall two: what nightjar-fetcher may ask of the kernel.
//
// What it stops: a socket of any family but AF_UNIX (EACCES), so neither TCP nor a DNS query nor a raw packet
// can begin, even in a process that still sits in the host's network namespace; opening a file; a thread, a
// process, another program; io_uring, by which system calls go past the filter.
//
// What it does not stop: connect() on a unix socket, whose path seccomp cannot read (wall four does).
//
// What weakening it costs: one more family in allow_unix_sockets.h is a way out that only the network
// namespace still closes. A call missing from the list costs an error in a record, never a leak: leave it
// out until a test shows that libcurl cannot do without.
//
// The list: what one thread of libcurl's multi interface and OpenSSL need
// over unix sockets. Unlike the parser it meets hostile bytes through a large library with many harmless
// habits (looking for files, asking for threads), so what is not listed is refused, not killed; what no habit
// explains kills.
#pragma once

#include "sandbox/walls/syscalls.h"

namespace nightjar::walls {

[[nodiscard]] SyscallFilter FetcherSyscalls();

}  // namespace nightjar::walls
