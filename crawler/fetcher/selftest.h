// SPDX-License-Identifier: Apache-2.0
// `nightjar-fetcher --selftest ACTION TOR_SOCKET`: enters the fetcher's real jail and tries a forbidden
// action, so a test proves the walls of the program that ships. Actions: those of sandbox/walls/selftest.h,
// and "socket-families", which asks for a socket of every address family the kernel may know but AF_UNIX.
#pragma once

#include <string>
#include <string_view>

namespace nightjar::fetcher {

// The exit code: sandbox/walls/selftest.h.
[[nodiscard]] int RunFetcherSelftest(std::string_view action, const std::string& tor_socket);

}  // namespace nightjar::fetcher
