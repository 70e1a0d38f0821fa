// SPDX-License-Identifier: Apache-2.0
// Wall: no descriptor that was not meant for this process. One forgotten descriptor of the parent (a store, a
// key file, a listening socket) would be a hole through every other wall.
#pragma once

#include "base/result.h"

namespace nightjar::walls {

[[nodiscard]] Status CloseDescriptorsAbove(int last_kept);

}  // namespace nightjar::walls
