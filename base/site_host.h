// SPDX-License-Identifier: Apache-2.0
// Host names of the networks that Nightjar may fetch from, told apart by name alone: no name is ever resolved
// here. The network decides which way out a task takes, and no task ever takes another's.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace nightjar {

// The class of a route: which kind of proxy leads to a host.
enum class RouteClass : std::uint8_t {
  kOnion,     // "<56>.onion", through Tor
  kI2p,       // "<52>.b32.i2p" or "<name>.i2p", through an I2P router's HTTP proxy
  kClearnet,  // any other name, through Tor and an exit relay
};
inline constexpr std::uint8_t kRouteClasses = 3;
[[nodiscard]] std::string_view RouteClassName(RouteClass route);  // "onion", "i2p", "clearnet"

class SiteHost final {
 public:
  // Of a URL's host (lower case, IDNA-encoded). kInvalidInput: an onion address with a wrong checksum, a
  // b32.i2p name of the wrong length. kRefused: an IP address, a name without a dot, a name of local networks
  // (RFC 6761, 6762, 8375: localhost, local, home.arpa, internal, ...).
  [[nodiscard]] static Result<SiteHost> Parse(std::string_view host);
  // The same of a whole URL; also kInvalidInput for what is none.
  [[nodiscard]] static Result<SiteHost> OfUrl(std::string_view url);

  [[nodiscard]] RouteClass route_class() const { return route_class_; }
  // The service behind the name: sub-domains belong to their onion or I2P service, a clearnet name is its
  // own.
  [[nodiscard]] const std::string& name() const { return name_; }

  friend auto operator<=>(const SiteHost&, const SiteHost&) = default;

 private:
  SiteHost(RouteClass route_class, std::string name) : route_class_(route_class), name_(std::move(name)) {}
  RouteClass route_class_;
  std::string name_;
};

}  // namespace nightjar
