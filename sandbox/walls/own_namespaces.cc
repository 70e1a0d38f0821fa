// SPDX-License-Identifier: Apache-2.0
#include "sandbox/walls/own_namespaces.h"

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <string>

#include "base/unique_fd.h"

namespace nightjar::walls {
namespace {

constexpr int kNamespaces = CLONE_NEWIPC | CLONE_NEWUTS;

Status Write(const char* path, const std::string& text) {
  const UniqueFd file(::open(path, O_WRONLY | O_CLOEXEC));
  if (!file || ::write(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    return FailErrno("cannot set up the user namespace", path);
  }
  return {};
}

// The same ids inside as outside: nothing in the jail looks privileged, not even to itself.
Status MapOwnIds(uid_t uid, gid_t gid) {
  RETURN_IF_ERROR(Write("/proc/self/setgroups", "deny"));
  RETURN_IF_ERROR(Write("/proc/self/uid_map", std::to_string(uid) + " " + std::to_string(uid) + " 1"));
  return Write("/proc/self/gid_map", std::to_string(gid) + " " + std::to_string(gid) + " 1");
}

}  // namespace

Status EnterOwnNamespaces() {
  if (::unshare(kNamespaces) == 0) return {};
  const uid_t uid = ::geteuid();
  const gid_t gid = ::getegid();
  if (::unshare(CLONE_NEWUSER | kNamespaces) != 0) {
    return Fail(
        Code::kRefused,
        "this system denies namespaces; allow unprivileged user namespaces (user.max_user_namespaces, "
        "kernel.apparmor_restrict_unprivileged_userns) or start as a service with CAP_SYS_ADMIN");
  }
  return MapOwnIds(uid, gid);
}

}  // namespace nightjar::walls
