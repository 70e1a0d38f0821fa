// SPDX-License-Identifier: Apache-2.0
// Weakens the empty root: the folder of the Tor socket is bound into it, read-only, and kTorSocketInJail
// points to the socket. Only the fetcher's jail may include this. Everything in that folder can be seen (and
// its sockets connected to) by the fetcher: keep a folder for the SOCKS socket alone, with no control socket
// in it.
#pragma once

#include <filesystem>

#include "sandbox/walls/empty_root.h"
#include "sandbox/walls/jail.h"

namespace nightjar::walls {

[[nodiscard]] inline BoundFolder BoundTorSocket(const std::string& socket_path) {
  const std::filesystem::path path(socket_path);
  return {.source = path.has_parent_path() ? path.parent_path().string() : ".",
          .link = kTorSocketInJail,
          .link_name = path.filename()};
}

}  // namespace nightjar::walls
