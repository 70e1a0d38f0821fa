// SPDX-License-Identifier: Apache-2.0
// Secrets at rest: AES-256-GCM (NIST SP 800-38D) by OpenSSL. A sealed value is nonce (12 bytes) ‖ cipher text
// ‖ tag (16 bytes). The nonce is random; one key seals far fewer than the 2^32 values up to which SP 800-38D,
// section 8.3, allows that.
#pragma once

#include <array>
#include <string>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/random.h"
#include "base/result.h"

namespace nightjar {

// A value type; may be shared between threads. Its bytes are wiped when it goes.
class SealingKey final {
 public:
  static constexpr std::size_t kSize = 32;

  [[nodiscard]] static Result<SealingKey> FromBytes(ByteView raw);  // exactly 32 bytes
  [[nodiscard]] static SealingKey Make(Random& random);

  // The key in the file at `path` (64 hex digits and a line end). kCorrupt for a file that holds no key,
  // kRefused for one that others than its owner may read.
  [[nodiscard]] static Result<SealingKey> Load(const std::string& path);
  // If there is none, makes one (mode 0600, durable). Processes that do so at once all get the same key.
  [[nodiscard]] static Result<SealingKey> LoadOrCreate(const std::string& path, Random& random);

  SealingKey(const SealingKey&) = default;
  SealingKey& operator=(const SealingKey&) = default;
  ~SealingKey();

  // `bound_to` is not kept but authenticated: Open() needs the same. It names the place of the value (table
  // and key), so that a row copied to another place does not open there.
  [[nodiscard]] Bytes Seal(ByteView plain, ByteView bound_to, Random& random) const;
  [[nodiscard]] Result<Bytes> Open(ByteView sealed, ByteView bound_to) const;  // kCorrupt

  // HMAC-SHA256 of the message: a name for a value that says nothing of it without the key.
  [[nodiscard]] Digest Mac(ByteView message) const;

  // The key itself, to seal it under another one. Wipe it after use (Wipe(), below).
  [[nodiscard]] Bytes Raw() const;

 private:
  SealingKey() = default;
  std::array<unsigned char, kSize> bytes_{};
};

// Overwrites a secret in memory.
void Wipe(Bytes& secret);

}  // namespace nightjar
