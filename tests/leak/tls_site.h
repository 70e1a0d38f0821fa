// SPDX-License-Identifier: Apache-2.0
// Onion services that speak TLS with certificates that would have a client call elsewhere.
#pragma once

#include <string>
#include <vector>

#include "tests/leak/tor_stub.h"

namespace nightjar::leak {

class TlsSite final {
 public:
  struct Certificate {
    std::string name;
    std::string extension;  // OpenSSL's name of an X.509 extension; none when empty
    std::string value;
    bool ask_for_client_certificate = false;
  };
  // OCSP responders, revocation lists, issuers to be fetched: RFC 5280 sections 4.2.1.13 and 4.2.2.1, RFC
  // 7633.
  [[nodiscard]] static std::vector<Certificate> LeadingCertificates();

  [[nodiscard]] static Service Serve(const Certificate& certificate, const std::string& response);
};

}  // namespace nightjar::leak
