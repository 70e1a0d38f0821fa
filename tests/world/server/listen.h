// SPDX-License-Identifier: Apache-2.0
// Listening sockets of the world: unix sockets and loopback TCP, never anything the outside could reach.
#pragma once

#include <string>

#include "base/result.h"
#include "base/unique_fd.h"

namespace nightjar::world {

// "unix:/path" (a stale socket at the path is replaced) or "127.0.0.1:PORT". Non-blocking. kInvalidInput for
// any other form or a path too long for a socket.
[[nodiscard]] Result<UniqueFd> Listen(const std::string& address);

}  // namespace nightjar::world
