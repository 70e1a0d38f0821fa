// SPDX-License-Identifier: Apache-2.0
#include "crawler/fetcher/gate.h"

#include <sys/socket.h>

#include "crawler/fetcher/curl_handles.h"
#include "sandbox/walls/jail.h"

namespace nightjar::fetcher {
namespace {

constexpr std::size_t kMaxLength = 2048;
constexpr std::size_t kMaxHost = 253;  // RFC 1035 section 2.3.4, without the trailing dot

}  // namespace

Result<Url> PassGate(const std::string& untrusted_url, RouteClass route) {
  if (untrusted_url.size() > kMaxLength) return Fail(Code::kRefused, "the URL is longer than 2048 bytes");
  ASSIGN_OR_RETURN(Url url, Url::Parse(untrusted_url));
  if (url.Href() != untrusted_url || url.fragment()) return Fail(Code::kRefused, "the URL is not normalised");
  if (!url.username().empty() || !url.password().empty())
    return Fail(Code::kRefused, "the URL holds a user name or password");
  // SOCKS names have at most 255 bytes (RFC 1928 section 5, CVE-2023-38545); libcurl would blame the proxy.
  if (url.host().size() > kMaxHost) return Fail(Code::kRefused, "the host name is longer than 253 bytes");
  const auto host = SiteHost::Parse(url.host());
  if (!host) return Fail(Code::kRefused, "the host " + host.error().text);
  if (host->route_class() != route)
    return Fail(Code::kRefused, "the host is no " + std::string(RouteClassName(route)) + " host");
  // The proxy of an I2P router ends TLS itself or not at all; the network's own encryption is what there is.
  if (route == RouteClass::kI2p && url.scheme() != "http")
    return Fail(Code::kRefused, "an I2P host is fetched by http only");
  return url;
}

void SendThroughTor(CURL* easy) {
  Set(easy, CURLOPT_PROXY, std::string("socks5h://localhost") + walls::kTorSocketInJail);
  Set(easy, CURLOPT_NOPROXY, "");  // else no_proxy in the environment would switch the proxy off
  Set(easy, CURLOPT_SOCKS5_AUTH, static_cast<long>(CURLAUTH_BASIC));  // user and password, no GSS-API
  Set(easy, CURLOPT_DOH_URL, static_cast<const char*>(nullptr));
}

// An I2P router's proxy takes plain requests with the whole URL as their target (Transfer sets it), so the
// unix socket stands in for the host itself: libcurl 7.88 knows no HTTP proxy on a unix socket. The proxy
// knows no credentials; a connection of its own for each request keeps identities apart.
void SendThroughI2p(CURL* easy) {
  Set(easy, CURLOPT_UNIX_SOCKET_PATH, walls::kTorSocketInJail);
  Set(easy, CURLOPT_PROXY, "");
  Set(easy, CURLOPT_NOPROXY, "*");
  Set(easy, CURLOPT_FORBID_REUSE, 1L);
  Set(easy, CURLOPT_DOH_URL, static_cast<const char*>(nullptr));
}

curl_socket_t OpenSocket(const curl_sockaddr& address) {
  if (address.family != AF_UNIX) return CURL_SOCKET_BAD;
  return ::socket(AF_UNIX, address.socktype | SOCK_CLOEXEC, address.protocol);
}

}  // namespace nightjar::fetcher
