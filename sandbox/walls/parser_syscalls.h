// SPDX-License-Identifier: Apache-2.0
// What nightjar-parser may ask of the kernel: read its input, write its answer, get and return memory, end.
#pragma once

#include "sandbox/walls/syscalls.h"

namespace nightjar::walls {

[[nodiscard]] SyscallFilter ParserSyscalls();

}  // namespace nightjar::walls
