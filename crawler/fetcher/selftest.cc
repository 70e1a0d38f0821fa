// SPDX-License-Identifier: Apache-2.0
#include "crawler/fetcher/selftest.h"

#include <sys/socket.h>

#include <cerrno>
#include <cstdio>

#include "sandbox/walls/selftest.h"

namespace nightjar::fetcher {
namespace {

constexpr std::string_view kSocketFamilies = "socket-families";
constexpr int kFamilies = 64;  // more than AF_MAX of any kernel so far (46)

// Refused, if each is: a family that this kernel lacks must hear EACCES too, not EAFNOSUPPORT, or the answer
// would come from the kernel's configuration instead of the wall.
int TrySocketFamilies() {
  int refused = 0;
  for (int family = 0; family < kFamilies; ++family) {
    if (family == AF_UNIX) continue;
    for (const int type : {SOCK_STREAM, SOCK_DGRAM, SOCK_RAW}) {
      if (::socket(family, type, 0) >= 0) return walls::kExitAllowed;
      if (errno != EACCES) return walls::kExitOther;
    }
    ++refused;
  }
  std::printf("%d families refused\n", refused);
  std::fflush(stdout);
  return walls::kExitRefused;
}

}  // namespace

int RunFetcherSelftest(std::string_view action, const std::string& tor_socket) {
  const auto enter = [&] { return walls::EnterFetcherJail({.tor_socket = tor_socket}); };
  if (action != kSocketFamilies) return walls::RunSelftest(action, enter);
  if (const auto state = enter(); !state) {
    std::fprintf(stderr, "%s\n", state.error().Format().c_str());
    return walls::kExitNoJail;
  }
  return TrySocketFamilies();
}

}  // namespace nightjar::fetcher
