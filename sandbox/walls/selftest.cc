// SPDX-License-Identifier: Apache-2.0
#include "sandbox/walls/selftest.h"

#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/keyctl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <string>

namespace nightjar::walls {
namespace {

using Attempt = long (*)();  // negative, with errno, when denied

// Asked before any jail stands: inside, asking would itself be the forbidden call.
const pid_t kOwnPid = ::getpid();

long Open() { return ::open("/etc/passwd", O_RDONLY); }
long ProcMem() { return ::open("/proc/self/mem", O_RDWR); }
long InetSocket() { return ::socket(AF_INET, SOCK_STREAM, 0); }
long UnixSocket() { return ::socket(AF_UNIX, SOCK_STREAM, 0); }
long Execve() {
  char name[] = "/bin/true";
  char* argv[] = {name, nullptr};
  char* environment[] = {nullptr};
  return ::execve(name, argv, environment);
}
long Fork() {
  const pid_t pid = ::fork();
  if (pid == 0) ::_exit(kExitAllowed);
  return pid;
}
long Ptrace() { return ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr); }
long Kill() { return ::kill(kOwnPid, 0); }
long ExecMapping() {
  void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return page == MAP_FAILED ? -1 : 0;
}
long MprotectExec() {
  void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return ::mprotect(page, 4096, PROT_READ | PROT_EXEC);
}
long IoUringSetup() {
  char parameters[120] = {};  // struct io_uring_params
  return ::syscall(SYS_io_uring_setup, 4, parameters);
}
long Bpf() {
  bpf_attr attributes{};
  return ::syscall(SYS_bpf, BPF_PROG_LOAD, &attributes, sizeof attributes);
}
long Userfaultfd() { return ::syscall(SYS_userfaultfd, O_CLOEXEC); }
long MemfdCreate() { return ::memfd_create("selftest", 0); }
long ProcessVmReadv() {
  char here[8];
  char there[8] = {};
  iovec local{here, sizeof here};
  iovec remote{there, sizeof there};
  return ::process_vm_readv(kOwnPid, &local, 1, &remote, 1, 0);
}
long Setrlimit() {
  const rlimit none{0, 0};
  return ::setrlimit(RLIMIT_CORE, &none);
}
long Unshare() { return ::unshare(CLONE_NEWUSER); }
long Keyctl() { return ::syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 0); }
#ifdef __x86_64__
long X32() {
  constexpr long kX32Bit = 0x40000000;
  return ::syscall(kX32Bit | SYS_getpid);
}
#endif

struct TableRow {
  ForbiddenAction action;
  Attempt attempt;
};

constexpr auto kKilled = Ending::kKilled;
constexpr auto kRefused = Ending::kRefused;
constexpr auto kAllowed = Ending::kAllowed;

// clang-format off
constexpr TableRow kTable[] = {
    {{"open",             kKilled, kRefused}, Open},
    {{"proc-self-mem",    kKilled, kRefused}, ProcMem},
    {{"inet-socket",      kKilled, kRefused}, InetSocket},
    {{"unix-socket",      kKilled, kAllowed}, UnixSocket},
    {{"execve",           kKilled, kKilled},  Execve},
    {{"fork",             kKilled, kRefused}, Fork},
    {{"ptrace",           kKilled, kKilled},  Ptrace},
    {{"kill",             kKilled, kRefused}, Kill},
    {{"exec-mapping",     kKilled, kRefused}, ExecMapping},
    {{"mprotect-exec",    kKilled, kRefused}, MprotectExec},
    {{"io-uring-setup",   kKilled, kKilled},  IoUringSetup},
    {{"bpf",              kKilled, kKilled},  Bpf},
    {{"userfaultfd",      kKilled, kKilled},  Userfaultfd},
    {{"memfd-create",     kKilled, kKilled},  MemfdCreate},
    {{"process-vm-readv", kKilled, kKilled},  ProcessVmReadv},
    {{"setrlimit",        kKilled, kRefused}, Setrlimit},
    {{"unshare",          kKilled, kKilled},  Unshare},
    {{"keyctl",           kKilled, kKilled},  Keyctl},
#ifdef __x86_64__
    {{"x32",              kKilled, kKilled},  X32},
#endif
};
// clang-format on

Attempt FindAttempt(std::string_view name) {
  const auto* row = std::find_if(std::begin(kTable), std::end(kTable),
                                 [&](const TableRow& candidate) { return candidate.action.name == name; });
  return row == std::end(kTable) ? nullptr : row->attempt;
}

int PrintNames() {
  for (const TableRow& row : kTable)
    std::printf("%.*s\n", static_cast<int>(row.action.name.size()), row.action.name.data());
  return 0;
}

// By write(2): anything of stdio would first ask what descriptor 1 is, which a jail forbids.
int TellWalls(const JailState& state) {
  const std::string line = std::string(state.Name()) + (state.landlock ? "\n" : ", no landlock\n");
  return ::write(1, line.data(), line.size()) >= 0 ? kExitControl : kExitOther;
}

}  // namespace

const std::vector<ForbiddenAction>& ForbiddenActions() {
  static const std::vector<ForbiddenAction> actions = [] {
    std::vector<ForbiddenAction> all;
    for (const TableRow& row : kTable) all.push_back(row.action);
    return all;
  }();
  return actions;
}

int RunSelftest(std::string_view action, const std::function<Result<JailState>()>& enter) {
  if (action == "list") return PrintNames();
  const Attempt attempt = FindAttempt(action);
  if (attempt == nullptr && action != "control") {
    std::fprintf(stderr, "no such self-test; --selftest list names them\n");
    return kExitNoJail;
  }
  const auto state = enter();
  if (!state) {
    std::fprintf(stderr, "%s\n", state.error().Format().c_str());
    return kExitNoJail;
  }
  if (action == "control") return TellWalls(*state);
  errno = 0;
  if (attempt() >= 0) return kExitAllowed;
  return errno == EACCES || errno == EPERM ? kExitRefused : kExitOther;
}

}  // namespace nightjar::walls
