// SPDX-License-Identifier: Apache-2.0
// Keys for onion services that answer only to clients they know (rend-spec-v3, section 2.5.1 and appendix G;
// tor(1), CLIENT AUTHORIZATION). A key is a secret: it lies in a file of its own, mode 0600, under
// <data>/secrets/client-auth, and goes nowhere but to Tor; it is in no store, record, log or export.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/onion.h"
#include "base/result.h"

namespace nightjar::tor_control {

// An x25519 private key: 32 bytes.
struct ClientKey {
  Bytes bytes;
  friend bool operator==(const ClientKey&, const ClientKey&) = default;
};

// By host, "<56>.onion".
using ClientKeys = std::map<std::string, ClientKey>;

// Reads what operators hand out: a line of Tor's own ".auth_private" files
// ("<56>:descriptor:x25519:<base32>"), or the key alone in base32 (52 characters) or base64 (44). Any case.
// kInvalidInput never repeats the text; kRefused when the line is for another service than `host`.
[[nodiscard]] Result<ClientKey> ParseClientKey(std::string_view untrusted_text, const OnionAddress& host);

// The folder of keys. Any number of processes; a change is durable when the call returns.
class ClientKeyFolder final {
 public:
  explicit ClientKeyFolder(std::string folder) : folder_(std::move(folder)) {}

  [[nodiscard]] Status Put(const OnionAddress& host, const ClientKey& key) const;  // replaces
  [[nodiscard]] Result<bool> Remove(const OnionAddress& host) const;               // false: there was none
  [[nodiscard]] Result<std::vector<std::string>> Hosts() const;

  // All keys. A file that is none is left out and named in the log.
  [[nodiscard]] Result<ClientKeys> ReadAll() const;

 private:
  std::string folder_;
};

}  // namespace nightjar::tor_control
