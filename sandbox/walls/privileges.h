// SPDX-License-Identifier: Apache-2.0
// Wall: no privilege left and none to be had. Drops every capability from every set, forbids gaining any by
// exec (no_new_privs), hides the process from debuggers and core dumps of its own uid, and dies with its
// parent.
#pragma once

#include "base/result.h"

namespace nightjar::walls {

// After the namespaces: entering a user namespace gives capabilities and forgets the parent-death signal.
[[nodiscard]] Status DropPrivileges();

}  // namespace nightjar::walls
