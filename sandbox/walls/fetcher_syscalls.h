// SPDX-License-Identifier: Apache-2.0
// What nightjar-fetcher may ask of the kernel: what one thread of libcurl's multi interface and OpenSSL need
// over unix sockets. Unlike the parser it meets hostile bytes through a large library with many harmless
// habits (looking for files, asking for threads), so what is not listed is refused, not killed; what no habit
// explains kills.
#pragma once

#include "sandbox/walls/syscalls.h"

namespace nightjar::walls {

[[nodiscard]] SyscallFilter FetcherSyscalls();

}  // namespace nightjar::walls
