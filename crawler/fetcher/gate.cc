// SPDX-License-Identifier: Apache-2.0
#include "crawler/fetcher/gate.h"

namespace nightjar::fetcher {
namespace {

constexpr std::size_t kMaxLength = 2048;

}  // namespace

Result<Url> PassGate(const std::string& untrusted_url, RouteClass route) {
  if (untrusted_url.size() > kMaxLength) return Fail(Code::kRefused, "the URL is longer than 2048 bytes");
  ASSIGN_OR_RETURN(Url url, Url::Parse(untrusted_url));
  if (url.Href() != untrusted_url || url.fragment()) return Fail(Code::kRefused, "the URL is not normalised");
  if (!url.username().empty() || !url.password().empty())
    return Fail(Code::kRefused, "the URL holds a user name or password");
  const auto host = SiteHost::Parse(url.host());
  if (!host) return Fail(Code::kRefused, "the host " + host.error().text);
  if (host->route_class() != route)
    return Fail(Code::kRefused, "the host is no " + std::string(RouteClassName(route)) + " host");
  // The proxy of an I2P router ends TLS itself or not at all; the network's own encryption is what there is.
  if (route == RouteClass::kI2p && url.scheme() != "http")
    return Fail(Code::kRefused, "an I2P host is fetched by http only");
  return url;
}

}  // namespace nightjar::fetcher
