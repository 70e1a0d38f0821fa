// SPDX-License-Identifier: Apache-2.0
// The walls of leak-open-fetcher: each the real one, or nothing. crawler/fetcher/gate.cc is compiled into
// this program with its three functions renamed (tests/leak/CMakeLists.txt).
#include "tests/leak/open_walls.h"

#include <errno.h>
#include <sys/socket.h>

#include <string>

#include "crawler/fetcher/curl_handles.h"
#include "crawler/fetcher/gate.h"
#include "sandbox/walls/bind_tor_socket.h"
#include "sandbox/walls/empty_network.h"
#include "sandbox/walls/empty_root.h"
#include "sandbox/walls/fetcher_syscalls.h"
#include "sandbox/walls/jail.h"
#include "sandbox/walls/own_namespaces.h"

namespace nightjar {
namespace {

std::string tor_socket;  // outside any jail

bool Stands(leak::Wall wall) {
  const std::string_view name(program_invocation_short_name);
  return name.substr(name.rfind('-') + 1) == leak::kWallNames[static_cast<std::size_t>(wall)];
}

}  // namespace

namespace fetcher {

Result<Url> RealPassGate(const std::string& untrusted_url, RouteClass route);
void RealSendThroughTor(CURL* easy);
curl_socket_t RealOpenSocket(const curl_sockaddr& address);

Result<Url> PassGate(const std::string& untrusted_url, RouteClass route) {
  return Stands(leak::Wall::kCode) ? RealPassGate(untrusted_url, route) : Url::Parse(untrusted_url);
}

// Tor's side can only refuse what it is asked.
void SendThroughTor(CURL* easy) {
  if (!Stands(leak::Wall::kCode) && !Stands(leak::Wall::kTor)) return;
  RealSendThroughTor(easy);
  // The mount namespace, which gives the socket its name, is not there.
  Set(easy, CURLOPT_PROXY, "socks5h://localhost" + tor_socket);
}

curl_socket_t OpenSocket(const curl_sockaddr& address) {
  if (Stands(leak::Wall::kCode)) return RealOpenSocket(address);
  return ::socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol);
}

}  // namespace fetcher

namespace walls {

Result<JailState> EnterFetcherJail(const FetcherJail& jail) {
  JailState state;
  state.namespaces = true;
  if (Stands(leak::Wall::kNetwork)) RETURN_IF_ERROR(EnterOwnNamespaces().and_then(EnterEmptyNetwork));
  if (Stands(leak::Wall::kMounts))
    RETURN_IF_ERROR(
        EnterOwnNamespaces().and_then([&] { return EnterEmptyRoot(BoundTorSocket(jail.tor_socket)); }));
  tor_socket = jail.tor_socket;
  if (Stands(leak::Wall::kSyscalls)) RETURN_IF_ERROR(FetcherSyscalls().Load());
  return state;
}

}  // namespace walls
}  // namespace nightjar
