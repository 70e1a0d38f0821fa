// SPDX-License-Identifier: Apache-2.0
#include "sandbox/walls/empty_root.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <filesystem>

#include "base/unique_fd.h"

namespace nightjar::walls {
namespace {

constexpr char kBoundName[] = "bound";

// A copy of the folder's mount tree that does not hang anywhere yet. Taken before anything is mounted over
// it.
Result<UniqueFd> CopyMount(const std::string& folder) {
  UniqueFd copy(::open_tree(AT_FDCWD, folder.c_str(), OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE));
  if (!copy) return FailErrno("cannot take the folder into the jail", folder);
  mount_attr attributes{};
  attributes.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
  if (::mount_setattr(copy.get(), "", AT_EMPTY_PATH | AT_RECURSIVE, &attributes, sizeof attributes) != 0) {
    return FailErrno("cannot make the folder read-only for the jail", folder);
  }
  return copy;
}

// Mounts the tmpfs over a folder that every host has. Which one does not matter: it is seen only by this
// process and becomes "/" a moment later.
Status MountAndStepInto() {
  for (const char* place : {"/tmp", "/var", "/usr"}) {
    if (::mount("nightjar-jail", place, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC,
                "size=64k,nr_inodes=16,mode=0755") == 0) {
      return ::chdir(place) == 0 ? Status() : FailErrno("cannot enter the jail's root", place);
    }
  }
  return FailErrno("cannot mount the jail's root");
}

Status Attach(const UniqueFd& copy, const BoundFolder& bound) {
  const std::filesystem::path link(bound.link);
  const std::string link_folder = link.parent_path().relative_path();
  const std::string target = std::string("/") + kBoundName + "/" + bound.link_name;
  if (::mkdir(kBoundName, 0755) != 0 || ::mkdir(link_folder.c_str(), 0755) != 0 ||
      ::symlink(target.c_str(), link.relative_path().c_str()) != 0) {
    return FailErrno("cannot lay out the jail's root");
  }
  if (::move_mount(copy.get(), "", AT_FDCWD, kBoundName, MOVE_MOUNT_F_EMPTY_PATH) != 0) {
    return FailErrno("cannot mount into the jail's root", bound.source);
  }
  return {};
}

// pivot_root(".", ".") stacks the old root on the new one, so that it can be unmounted without a folder for
// it (pivot_root(2), "pivot_root(".", ".")").
Status SwapRoots() {
  if (::syscall(SYS_pivot_root, ".", ".") != 0 || ::umount2(".", MNT_DETACH) != 0 || ::chdir("/") != 0) {
    return FailErrno("cannot leave the old root folder");
  }
  if (::mount(nullptr, "/", nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC,
              nullptr) != 0) {
    return FailErrno("cannot make the jail's root read-only");
  }
  return {};
}

}  // namespace

Status EnterEmptyRoot(const BoundFolder& bound) {
  if (::unshare(CLONE_NEWNS) != 0)
    return Fail(Code::kRefused, "this system denies a mount namespace of our own");
  // Private first: without it our mounts would travel back to the host.
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    return FailErrno("cannot make the mount namespace private");
  }
  UniqueFd copy;
  if (!bound.source.empty()) {
    ASSIGN_OR_RETURN(copy, CopyMount(bound.source));
  }
  RETURN_IF_ERROR(MountAndStepInto());
  if (copy) RETURN_IF_ERROR(Attach(copy, bound));
  return SwapRoots();
}

}  // namespace nightjar::walls
