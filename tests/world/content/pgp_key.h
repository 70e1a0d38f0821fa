// SPDX-License-Identifier: Apache-2.0
// A real OpenPGP key of an invented person, from a seed: version 4, Ed25519 as GnuPG makes it ("EdDSA",
// algorithm 22 of RFC 4880bis, kept as legacy by RFC 9580, section 5.5.5.5), one user id, one certification
// by itself. GnuPG imports it and finds its signatures good. The same seed gives the same bytes: Ed25519
// signatures throw no dice.
#pragma once

#include <cstdint>
#include <string>

#include "base/signature.h"

namespace nightjar::world {

// Immutable; cheap to copy.
class PgpKey final {
 public:
  static constexpr std::size_t kSeedSize = 32;

  // `created` in Unix seconds.
  PgpKey(ByteView seed, std::uint32_t created, std::string user_id);

  [[nodiscard]] std::string fingerprint() const;  // 40 upper-case hex digits
  [[nodiscard]] std::string Block() const;        // PUBLIC KEY BLOCK, without a newline at its end

  // `text` in the cleartext signature framework (RFC 9580, section 7), signed at `when`. No line of the text
  // begins with a dash or ends with white space.
  [[nodiscard]] std::string SignedMessage(std::string_view text, std::uint32_t when) const;

 private:
  [[nodiscard]] Bytes KeyBody() const;
  [[nodiscard]] Bytes SignaturePacket(char type, Bytes signed_bytes, std::uint32_t when) const;

  SigningKey key_;
  std::uint32_t created_;
  std::string user_id_;
};

}  // namespace nightjar::world
