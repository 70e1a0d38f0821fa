// SPDX-License-Identifier: Apache-2.0
// Which of the five walls stand in the test's fetcher, leak-open-fetcher. That program is the shipped one's
// sources with other definitions of the functions that make each wall (open_walls.cc); the shipped program
// has no such choice. The names of the walls that stand are the end of the name it was started by, behind
// "only-": "fetcher-only-network", "fetcher-only-" for none.
#pragma once

#include <string_view>

namespace nightjar::leak {

enum class Wall { kCode, kSyscalls, kNetwork, kMounts, kTor };

inline constexpr std::string_view kWallNames[] = {"code", "syscalls", "network", "mounts", "tor"};

}  // namespace nightjar::leak
