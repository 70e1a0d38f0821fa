// SPDX-License-Identifier: Apache-2.0
#include "sandbox/walls/descriptors.h"

#include <unistd.h>

#include <climits>

namespace nightjar::walls {

Status CloseDescriptorsAbove(int last_kept) {
  if (::close_range(static_cast<unsigned>(last_kept) + 1, UINT_MAX, 0) != 0) {
    return FailErrno("cannot close inherited descriptors (Linux 5.9 or later is needed)");
  }
  return {};
}

}  // namespace nightjar::walls
