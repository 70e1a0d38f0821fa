// SPDX-License-Identifier: Apache-2.0
// Wall: Landlock with an empty rule set: every file, TCP and scope right the running kernel knows is handled
// and none is granted. Best effort, never the only wall: the kernel of Debian 12 knows files only. Source:
// Linux Documentation/userspace-api/landlock.rst.
#pragma once

namespace nightjar::walls {

// False where the kernel has no Landlock, or it is switched off. Needs no_new_privs.
[[nodiscard]] bool DenyFilesByLandlock();

}  // namespace nightjar::walls
