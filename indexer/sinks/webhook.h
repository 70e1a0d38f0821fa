// SPDX-License-Identifier: Apache-2.0
// Alerts as signed HTTP POSTs to the one address that the administrator has set. This is the only place
// outside crawl and notary from which a byte leaves, and it leaves only to that address.
//
//   POST <url>                      body: AlertJson()
//   Content-Type: application/json
//   Idempotency-Key: <alert's key>              the same at every try
//   X-Nightjar-Timestamp: <Unix seconds>        of this try
//   X-Nightjar-Signature: sha256=<hex>          HMAC-SHA-256 (RFC 2104) over "<timestamp>.<body>"
//
// A receiver checks the signature, refuses old time stamps, and does once what a key asks. Any 2xx says that
// it has the alert. Redirects are not followed, certificates are verified, http and https are spoken only.
#pragma once

#include "base/bytes.h"
#include "indexer/sinks/courier.h"

namespace nightjar::sinks {

struct Webhook {
  std::string url;
  Bytes secret;
  std::string proxy;  // http://, socks5h://; empty: none, whatever the environment says
  const Clock* clock = nullptr;
  std::chrono::milliseconds patience{30'000};  // for the whole exchange
  std::stop_token stop{};                      // ends an exchange under way, within about a second
};

// Thread-safe. The sink fails with kUnavailable for no answer, kTimeout, kRefused for any other status.
[[nodiscard]] Sink PostTo(Webhook webhook);

// The secret in a file: its bytes without white space at the end, at least 16. kRefused where others than
// its owner may read it.
[[nodiscard]] Result<Bytes> ReadSecret(const std::string& path);

[[nodiscard]] std::string SignatureOf(ByteView secret, const std::string& timestamp, ByteView body);

}  // namespace nightjar::sinks
