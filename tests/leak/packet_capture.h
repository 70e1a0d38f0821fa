// SPDX-License-Identifier: Apache-2.0
// Sees every packet of every interface of the network namespace it was made in, loopback included
// (packet(7)).
#pragma once

#include <string>
#include <vector>

#include "base/unique_fd.h"

namespace nightjar::leak {

class PacketCapture final {
 public:
  // Needs CAP_NET_RAW; aborts without. Packets count from here on.
  PacketCapture();

  // One line for each packet since the last call: "interface, protocol, length". A packet is in the queue
  // before the system call that sent it returns, so nothing has to be waited for once the sender is done.
  // Left out: the kernel's own upkeep of IPv6 links (ICMPv6 types 130-136 and 143: listener reports, router
  // and neighbour discovery), which no process asks for.
  [[nodiscard]] std::vector<std::string> Take();

 private:
  UniqueFd socket_;
};

}  // namespace nightjar::leak
