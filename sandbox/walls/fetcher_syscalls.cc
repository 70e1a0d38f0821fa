// SPDX-License-Identifier: Apache-2.0
#include "sandbox/walls/fetcher_syscalls.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstdint>

#include "sandbox/walls/allow_unix_sockets.h"

namespace nightjar::walls {
namespace {

constexpr std::uint64_t kWhole = UINT64_MAX;

void AllowMemoryAndEnd(SyscallFilter& filter) {
  filter.Allow({SYS_brk, SYS_munmap, SYS_mremap, SYS_madvise, SYS_futex, SYS_exit, SYS_exit_group,
                SYS_rt_sigreturn, SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_sigaltstack,
                SYS_restart_syscall});
  filter.AllowIf(SYS_mmap, {{2, PROT_EXEC, 0}, {3, MAP_ANONYMOUS, MAP_ANONYMOUS}});
  filter.AllowIf(SYS_mprotect, {{2, PROT_EXEC, 0}});
}

void AllowEventLoop(SyscallFilter& filter) {
  filter.Allow({SYS_ppoll, SYS_pselect6, SYS_epoll_create1, SYS_epoll_ctl, SYS_epoll_pwait, SYS_eventfd2,
                SYS_pipe2, SYS_timerfd_create, SYS_timerfd_settime, SYS_clock_gettime, SYS_clock_getres,
                SYS_clock_nanosleep, SYS_nanosleep, SYS_gettimeofday, SYS_sched_yield});
#ifdef SYS_poll  // the older forms that newer architectures left out
  filter.Allow({SYS_poll, SYS_select, SYS_epoll_wait, SYS_time});
#endif
}

void AllowDescriptors(SyscallFilter& filter) {
  filter.Allow({SYS_read, SYS_write, SYS_readv, SYS_writev, SYS_close, SYS_lseek, SYS_fstat, SYS_dup});
  for (const int command : {F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC}) {
    filter.AllowIf(SYS_fcntl, {{1, kWhole, static_cast<std::uint64_t>(command)}});
  }
  filter.AllowIf(SYS_ioctl, {{1, kWhole, FIONBIO}});
}

void AllowAskingWho(SyscallFilter& filter) {
  filter.Allow({SYS_getrandom, SYS_getpid, SYS_gettid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid,
                SYS_uname, SYS_sysinfo, SYS_sched_getaffinity});
}

// Files: libraries that look for one must hear that they may not have it.
void RefuseFiles(SyscallFilter& filter) {
  filter.Refuse(EACCES, {SYS_openat, SYS_openat2, SYS_faccessat, SYS_faccessat2, SYS_readlinkat,
                         SYS_newfstatat, SYS_statx, SYS_getcwd});
#ifdef SYS_open
  filter.Refuse(EACCES, {SYS_open, SYS_access, SYS_stat, SYS_lstat, SYS_readlink});
#endif
  filter.Refuse(ENOSYS, {SYS_clone3});  // glibc then asks for clone(2), and hears EPERM
}

void KillHostile(SyscallFilter& filter) {
  filter.Kill({SYS_execve,
               SYS_execveat,
               SYS_ptrace,
               SYS_bpf,
               SYS_io_uring_setup,
               SYS_io_uring_enter,
               SYS_io_uring_register,
               SYS_userfaultfd,
               SYS_process_vm_readv,
               SYS_process_vm_writev,
               SYS_keyctl,
               SYS_add_key,
               SYS_request_key,
               SYS_unshare,
               SYS_setns,
               SYS_mount,
               SYS_umount2,
               SYS_pivot_root,
               SYS_move_mount,
               SYS_open_tree,
               SYS_memfd_create,
               SYS_perf_event_open,
               SYS_init_module,
               SYS_finit_module,
               SYS_kexec_load,
               SYS_pidfd_getfd,
               SYS_open_by_handle_at});
}

}  // namespace

SyscallFilter FetcherSyscalls() {
  SyscallFilter filter(SyscallFilter::Otherwise::kRefuse);
  AllowMemoryAndEnd(filter);
  AllowEventLoop(filter);
  AllowDescriptors(filter);
  AllowUnixSockets(filter);
  AllowAskingWho(filter);
  RefuseFiles(filter);
  KillHostile(filter);
  return filter;
}

}  // namespace nightjar::walls
