// SPDX-License-Identifier: Apache-2.0
#include "crawler/fetcher/gate.h"

#include <sys/socket.h>

#include "base/onion.h"
#include "crawler/fetcher/curl_handles.h"
#include "sandbox/walls/jail.h"

namespace nightjar::fetcher {
namespace {

constexpr std::size_t kMaxLength = 2048;
constexpr std::size_t kMaxHost = 253;  // RFC 1035 section 2.3.4, without the trailing dot

}  // namespace

Result<Url> PassGate(const std::string& untrusted_url) {
  if (untrusted_url.size() > kMaxLength) return Fail(Code::kRefused, "the URL is longer than 2048 bytes");
  ASSIGN_OR_RETURN(Url url, Url::Parse(untrusted_url));
  if (url.Href() != untrusted_url || url.fragment()) return Fail(Code::kRefused, "the URL is not normalised");
  if (!url.username().empty() || !url.password().empty())
    return Fail(Code::kRefused, "the URL holds a user name or password");
  // SOCKS names have at most 255 bytes (RFC 1928 section 5, CVE-2023-38545); libcurl would blame the proxy.
  if (url.host().size() > kMaxHost) return Fail(Code::kRefused, "the host name is longer than 253 bytes");
  if (const auto onion = OnionAddress::Parse(url.host()); !onion)
    return Fail(Code::kRefused, "the host " + onion.error().text);
  return url;
}

void SendThroughTor(CURL* easy) {
  Set(easy, CURLOPT_PROXY, std::string("socks5h://localhost") + walls::kTorSocketInJail);
  Set(easy, CURLOPT_NOPROXY, "");  // else no_proxy in the environment would switch the proxy off
  Set(easy, CURLOPT_SOCKS5_AUTH, static_cast<long>(CURLAUTH_BASIC));  // user and password, no GSS-API
  Set(easy, CURLOPT_DOH_URL, static_cast<const char*>(nullptr));
}

curl_socket_t OpenSocket(const curl_sockaddr& address) {
  if (address.family != AF_UNIX) return CURL_SOCKET_BAD;
  return ::socket(AF_UNIX, address.socktype | SOCK_CLOEXEC, address.protocol);
}

}  // namespace nightjar::fetcher
