// SPDX-License-Identifier: Apache-2.0
// Onion v3 addresses (Tor rend-spec-v3, section 6): base32(public key ‖ checksum ‖ version) + ".onion".
// The checksum is tested everywhere an address enters; a mistyped address never reaches Tor.
#pragma once

#include <compare>
#include <string>

#include "base/result.h"
#include "base/signature.h"

namespace nightjar {

class OnionAddress final {
 public:
  // Accepts "<56>.onion" with any sub-domains before it, any letter case; the identity is the last label
  // before
  // ".onion". Errors say whether it is a v2 name (dead since Tor 0.4.6), a wrong checksum, or no onion at
  // all.
  [[nodiscard]] static Result<OnionAddress> Parse(std::string_view host);

  // The address of a service key: what Tor would publish for it.
  [[nodiscard]] static OnionAddress FromKey(const VerifyKey& key);

  [[nodiscard]] const std::string& host() const { return host_; }  // "<56>.onion", lower case, no sub-domain

  friend auto operator<=>(const OnionAddress&, const OnionAddress&) = default;

 private:
  explicit OnionAddress(std::string host) : host_(std::move(host)) {}
  std::string host_;
};

}  // namespace nightjar
