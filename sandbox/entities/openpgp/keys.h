// SPDX-License-Identifier: Apache-2.0
// Public keys and who is named in messages and signatures. Fingerprints: RFC 9580, section 5.5.4 (version 4:
// SHA-1; 6: SHA-256); RFC 4880, section 12.2 (version 3: MD5 over n and e); version 5 as GnuPG 2.3 and
// draft-koch-openpgp-2015-rfc4880bis-02 have it (SHA-256). Signatures are not verified: what a block says of
// itself is read, nothing more.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace nightjar::openpgp {

struct Key {
  unsigned version = 0;  // 3..6
  bool is_subkey = false;
  unsigned algorithm = 0;      // section 9.1
  std::string algorithm_name;  // "rsa4096", "ed25519", "nistp256", "dsa2048", "elg2048", as GnuPG prints it
  unsigned bits = 0;
  std::uint32_t created = 0;  // Unix seconds
  std::string fingerprint;    // upper-case hex: 32 digits (version 3), 40 (4) or 64 (5, 6), equal to GnuPG's
};

struct Certificate {
  Key primary;
  std::vector<Key> subkeys;
  std::vector<std::string> user_ids;  // bytes made valid UTF-8
};

// Every transferable public key of a PUBLIC KEY BLOCK (section 10.1), in order. Nothing where a packet is
// malformed or nothing is there; half a block is no key.
[[nodiscard]] std::optional<std::vector<Certificate>> ReadCertificates(ByteView data);

// To whom a MESSAGE is encrypted, or by whom a SIGNATURE is made: key ids (16 digits) or, where only that
// is given, fingerprints, upper-case hex, each once, in order. A recipient that hides has sixteen zeros.
[[nodiscard]] std::vector<std::string> RecipientsOf(ByteView data);
[[nodiscard]] std::vector<std::string> IssuersOf(ByteView data);

// Asks OpenSSL for MD5, SHA-1 and SHA-256 once: it reads its configuration, which no jail allows.
void PrepareDigests();

}  // namespace nightjar::openpgp
