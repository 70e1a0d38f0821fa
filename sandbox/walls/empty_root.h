// SPDX-License-Identifier: Apache-2.0
// Wall four: a mount namespace of our own whose root is an empty, read-only tmpfs, entered with
// pivot_root(2); the old root is unmounted.
//
// What it stops: everything that is reached by a path. No /etc/resolv.conf, no /proc, and no /run with its
// sockets: glibc asks nscd and systemd-resolved through /run before it asks a network (measured: an empty
// network namespace alone lets it), and D-Bus, docker and X11 are sockets there too.
//
// What it does not stop: sockets that are named by an address (walls two and three).
//
// What weakening it costs: each folder bound into it is a door. The one that must be is the folder of Tor's
// socket (bind_tor_socket.h); a second one would be whatever listens there, asked by a program that reads
// hostile bytes all day.
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

// After EnterOwnNamespaces(). After a failure the process may sit in a half-made mount namespace of
// its own, which harms nobody else; the other walls still stand.
[[nodiscard]] Status EnterEmptyRoot(const BoundFolder& bound);

}  // namespace nightjar::walls
