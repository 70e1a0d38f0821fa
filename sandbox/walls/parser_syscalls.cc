// SPDX-License-Identifier: Apache-2.0
#include "sandbox/walls/parser_syscalls.h"

#include <sys/mman.h>
#include <sys/syscall.h>

#include <cstdint>

namespace nightjar::walls {

SyscallFilter ParserSyscalls() {
  constexpr std::uint64_t kWhole = UINT64_MAX;
  SyscallFilter filter(SyscallFilter::Otherwise::kKill);
  filter.AllowIf(SYS_read, {{0, kWhole, 0}});
  filter.AllowIf(SYS_write, {{0, kWhole, 1}});
  filter.Allow({SYS_brk, SYS_munmap, SYS_mremap, SYS_madvise, SYS_futex, SYS_clock_gettime, SYS_exit,
                SYS_exit_group, SYS_rt_sigreturn, SYS_restart_syscall});
  // Memory is never file-backed and never executable, neither at once nor later.
  filter.AllowIf(SYS_mmap, {{2, PROT_EXEC, 0}, {3, MAP_ANONYMOUS, MAP_ANONYMOUS}});
  filter.AllowIf(SYS_mprotect, {{2, PROT_EXEC, 0}});
  return filter;
}

}  // namespace nightjar::walls
