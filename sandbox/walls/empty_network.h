// SPDX-License-Identifier: Apache-2.0
// Wall three: a network namespace of our own with no interface up, not even loopback (network_namespaces(7)).
//
// What it stops: every packet. A socket of any family that is named by an address has nothing to send on:
// connect() ends with ENETUNREACH, and no name server can be asked over a network. It holds whatever the
// program was talked into, and against the kernel's own chatter (ARP, neighbour discovery) too.
//
// What it does not stop: unix sockets, which are files (wall four), and abstract unix sockets of the same
// network namespace, of which an empty one has none.
//
// What weakening it costs: with one interface in the namespace, any mistake in gate, options or libcurl is a
// leak of this machine's address. There is no switch for it: a Tor on another machine is reached by a relay
// process that listens on a unix socket, never by an interface in here.
#pragma once

#include "base/result.h"

namespace nightjar::walls {

// After EnterOwnNamespaces(). kRefused where the system denies it.
[[nodiscard]] Status EnterEmptyNetwork();

}  // namespace nightjar::walls
