// SPDX-License-Identifier: Apache-2.0
#include "base/site_host.h"

#include <algorithm>
#include <array>

#include "base/onion.h"
#include "base/url.h"

namespace nightjar {
namespace {

constexpr std::string_view kI2pSuffix = ".i2p";
constexpr std::string_view kB32Suffix = ".b32.i2p";
constexpr std::size_t kB32Length = 52;     // SHA-256 of a destination, base32
constexpr std::size_t kLeastBlinded = 56;  // of an encrypted lease set ("b33"), geti2p.net/spec/b32encrypted
constexpr std::size_t kMostLabel = 63;     // RFC 1035

// Top names that never lead out of a local network.
constexpr std::array<std::string_view, 9> kLocal = {"localhost", "local",    "internal", "lan", "home",
                                                    "corp",      "intranet", "arpa",     "test"};

bool IsBase32(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7'); });
}

// The last label of `rest`, which stands before a suffix.
std::string_view LastLabel(std::string_view rest) { return rest.substr(rest.rfind('.') + 1); }

Result<std::string> I2pName(std::string_view host) {
  const bool b32 = host.ends_with(kB32Suffix);
  const std::string_view suffix = b32 ? kB32Suffix : kI2pSuffix;
  const std::string_view label = LastLabel(host.substr(0, host.size() - suffix.size()));
  if (label.empty() || label.size() > kMostLabel)
    return Fail(Code::kInvalidInput, "is no I2P name", std::string(host));
  if (b32 && (!IsBase32(label) || (label.size() != kB32Length && label.size() < kLeastBlinded)))
    return Fail(Code::kInvalidInput, "is no I2P address: 52 characters of base32 before .b32.i2p",
                std::string(host));
  return std::string(label) + std::string(suffix);
}

bool IsAddress(std::string_view host) {
  return host.starts_with('[') ||
         std::ranges::all_of(host, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

Result<std::string> ClearnetName(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  if (host.empty() || IsAddress(host))
    return Fail(Code::kRefused, "is an address; a host outside onion space is named", std::string(host));
  const std::string_view top = LastLabel(host);
  if (top.size() == host.size() || std::ranges::find(kLocal, top) != kLocal.end())
    return Fail(Code::kRefused, "is a name of local networks", std::string(host));
  return std::string(host);
}

}  // namespace

std::string_view RouteClassName(RouteClass route) {
  switch (route) {
    case RouteClass::kOnion:
      return "onion";
    case RouteClass::kI2p:
      return "i2p";
    case RouteClass::kClearnet:
      return "clearnet";
  }
  return "unknown";
}

Result<SiteHost> SiteHost::Parse(std::string_view host) {
  // A trailing dot must not make another network of an onion.
  const std::string_view bare = host.ends_with('.') ? host.substr(0, host.size() - 1) : host;
  if (bare.ends_with(".onion") || bare == "onion") {
    ASSIGN_OR_RETURN(const OnionAddress onion, OnionAddress::Parse(host));
    return SiteHost(RouteClass::kOnion, onion.host());
  }
  if (bare.ends_with(kI2pSuffix) || bare == "i2p") {
    if (bare.size() != host.size() || bare.size() <= kI2pSuffix.size())
      return Fail(Code::kInvalidInput, "is no I2P name", std::string(host));
    ASSIGN_OR_RETURN(std::string name, I2pName(host));
    return SiteHost(RouteClass::kI2p, std::move(name));
  }
  ASSIGN_OR_RETURN(std::string name, ClearnetName(host));
  return SiteHost(RouteClass::kClearnet, std::move(name));
}

Result<SiteHost> SiteHost::OfUrl(std::string_view url) {
  ASSIGN_OR_RETURN(const Url parsed, Url::Parse(url));
  return Parse(parsed.host());
}

}  // namespace nightjar
