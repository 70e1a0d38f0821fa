// SPDX-License-Identifier: Apache-2.0
#include "sandbox/walls/privileges.h"

#include <linux/capability.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace nightjar::walls {
namespace {

// The bounding and ambient sets first, for which CAP_SETPCAP is still needed; without it they are beyond
// reach anyway, because no_new_privs forbids any exec from granting them.
void EmptyBoundingSet() {
  for (int capability = 0; ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability) {
    ::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  }
  ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
}

Status EmptyCapabilitySets() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {};
  if (::syscall(SYS_capset, &header, none) != 0) return FailErrno("cannot drop capabilities");
  return {};
}

}  // namespace

Status DropPrivileges() {
  EmptyBoundingSet();
  RETURN_IF_ERROR(EmptyCapabilitySets());
  if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return FailErrno("cannot make the process undumpable");
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0)
    return FailErrno("cannot tie the process to its parent");
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return FailErrno("cannot set no_new_privs");
  return {};
}

}  // namespace nightjar::walls
