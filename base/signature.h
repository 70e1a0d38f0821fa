// SPDX-License-Identifier: Apache-2.0
// Ed25519 signatures (RFC 8032), computed by OpenSSL 3. Every key in Nightjar has a name that carries its
// version (for example "unit.example/nightjar/2026a"), so that a rotated key never looks like the old one.
// Values of this file are immutable and may be shared between threads.
#pragma once

#include <array>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/result.h"

namespace nightjar {

// A 32-byte Ed25519 public key.
struct VerifyKey {
  std::array<std::uint8_t, 32> bytes{};

  friend bool operator==(const VerifyKey&, const VerifyKey&) = default;

  [[nodiscard]] ByteView View() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
  [[nodiscard]] static Result<VerifyKey> FromBytes(ByteView raw);

  // SubjectPublicKeyInfo in PEM, as `openssl pkeyutl -pubin` reads it (RFC 8410). FromPem never asks for a
  // pass phrase.
  [[nodiscard]] std::string ToPem() const;
  [[nodiscard]] static Result<VerifyKey> FromPem(std::string_view pem);

  // True only for a valid signature of exactly 64 bytes over `message`. Never false for want of memory: then
  // std::bad_alloc is thrown.
  [[nodiscard]] bool Verify(ByteView message, ByteView signature) const;
};

// An Ed25519 private key. Copies share one OpenSSL key.
class SigningKey final {
 public:
  [[nodiscard]] static SigningKey Generate();
  [[nodiscard]] static Result<SigningKey> FromSeed(ByteView seed32);

  // The PKCS#8 PEM file at `path`; if there is none, makes one (mode 0600, durable) and loads that.
  // Processes that do so at once all load the same key. kCorrupt for a file that holds no such key.
  [[nodiscard]] static Result<SigningKey> LoadOrCreate(const std::string& path);

  [[nodiscard]] const VerifyKey& public_key() const { return public_key_; }
  [[nodiscard]] Bytes Seed() const;  // the 32 private bytes: for handing to a child process only
  [[nodiscard]] Bytes Sign(ByteView message) const;  // 64 bytes; never fails for a loaded key

 private:
  explicit SigningKey(std::shared_ptr<void> key);
  std::shared_ptr<void> key_;  // EVP_PKEY, shared because OpenSSL keys are reference counted and immutable
  VerifyKey public_key_;
};

// Short id of a key for records and logs: the first 16 hex digits of SHA-256(public key).
[[nodiscard]] std::string KeyId(const VerifyKey& key);

}  // namespace nightjar
