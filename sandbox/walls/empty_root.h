// SPDX-License-Identifier: Apache-2.0
// Wall: a root folder that is an empty, read-only tmpfs, entered with pivot_root(2); the old root is
// unmounted. What is not mounted cannot be opened: no /etc, no /proc, and no /run with its name-service and
// message-bus sockets, which a network namespace alone would leave open (they are files).
#pragma once

#include <string>

#include "base/result.h"

namespace nightjar::walls {

// One folder of the old root seen, read-only, in the new one, and a link to one name in it.
// Made only by NothingBound() and by the weakening header bind_tor_socket.h.
struct BoundFolder {
  std::string source;     // empty: nothing is bound
  std::string link;       // absolute path in the new root, exactly one folder deep
  std::string link_name;  // name inside the bound folder that `link` points to
};

[[nodiscard]] inline BoundFolder NothingBound() { return {}; }

// Needs EnterOwnNamespaces() before. After a failure the process may sit in a half-made mount namespace of
// its own, which harms nobody else; the other walls still stand.
[[nodiscard]] Status EnterEmptyRoot(const BoundFolder& bound);

}  // namespace nightjar::walls
