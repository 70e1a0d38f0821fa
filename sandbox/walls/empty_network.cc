// SPDX-License-Identifier: Apache-2.0
#include "sandbox/walls/empty_network.h"

#include <sched.h>

namespace nightjar::walls {

Status EnterEmptyNetwork() {
  if (::unshare(CLONE_NEWNET) == 0) return {};
  return Fail(Code::kRefused, "this system denies a network namespace of our own");
}

}  // namespace nightjar::walls
