// SPDX-License-Identifier: Apache-2.0
// Enters the fetcher's jail and reaches for the Tor socket twice, once before and once after a byte arrives.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "sandbox/walls/jail.h"
#include "sandbox/walls/selftest.h"

namespace {

int ConnectToTor() {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strcpy(address.sun_path, nightjar::walls::kTorSocketInJail);
  const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
  return ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ? fd : -1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const auto jail = nightjar::walls::EnterFetcherJail({.tor_socket = argv[1]});
  if (!jail) {
    std::fprintf(stderr, "%s\n", jail.error().Format().c_str());
    return nightjar::walls::kExitNoJail;
  }
  const int first = ConnectToTor();
  char byte = 0;
  if (first < 0 || ::read(first, &byte, 1) != 1) return 1;
  return ConnectToTor() < 0 ? 1 : 0;
}
