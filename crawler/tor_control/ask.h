// SPDX-License-Identifier: Apache-2.0
// One question to a Tor by a command that may wait: for `nightjar status` and `doctor`. The crawl role never
// calls this.
#pragma once

#include "crawler/tor_control/tor_watch.h"

namespace nightjar::tor_control {

// How the Tor behind `control_socket` is; `watched` is false, with the reason, when it could not be asked
// within `patience`.
[[nodiscard]] Health AskHealth(const std::string& control_socket, std::chrono::milliseconds patience);

}  // namespace nightjar::tor_control
