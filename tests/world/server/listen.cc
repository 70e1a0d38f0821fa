// SPDX-License-Identifier: Apache-2.0
#include "tests/world/server/listen.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <charconv>
#include <cstring>

namespace nightjar::world {
namespace {

constexpr int kBacklog = 1024;
constexpr std::string_view kUnix = "unix:";
constexpr std::string_view kLoopback = "127.0.0.1:";

Result<UniqueFd> BindAndListen(int family, const void* address, socklen_t size, const std::string& where) {
  UniqueFd fd(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd) return FailErrno("cannot make a socket", where);
  const int on = 1;
  if (family == AF_INET && ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0)
    return FailErrno("cannot set SO_REUSEADDR", where);
  if (::bind(fd.get(), static_cast<const sockaddr*>(address), size) != 0)
    return FailErrno("cannot bind", where);
  if (::listen(fd.get(), kBacklog) != 0) return FailErrno("cannot listen", where);
  return fd;
}

}  // namespace

Result<UniqueFd> Listen(const std::string& address) {
  if (address.compare(0, kUnix.size(), kUnix) == 0) {
    const std::string path = address.substr(kUnix.size());
    sockaddr_un local{};
    local.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof local.sun_path)
      return Fail(Code::kInvalidInput, "a unix socket's path has 1 to 107 bytes: choose a shorter folder",
                  path);
    std::memcpy(local.sun_path, path.data(), path.size());
    ::unlink(path.c_str());
    return BindAndListen(AF_UNIX, &local, sizeof local, path);
  }
  if (address.compare(0, kLoopback.size(), kLoopback) == 0) {
    sockaddr_in local{};
    std::uint16_t port = 0;
    const char* end = address.data() + address.size();
    if (std::from_chars(address.data() + kLoopback.size(), end, port).ptr == end && port > 0) {
      local.sin_family = AF_INET;
      local.sin_port = htons(port);
      local.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      return BindAndListen(AF_INET, &local, sizeof local, address);
    }
  }
  return Fail(Code::kInvalidInput, "listen on unix:PATH or 127.0.0.1:PORT", address);
}

}  // namespace nightjar::world
