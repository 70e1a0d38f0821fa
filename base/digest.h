// SPDX-License-Identifier: Apache-2.0
// SHA-256 digests (FIPS 180-4), the only hash evidence rests on. Computed by OpenSSL's libcrypto.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace nightjar {

// A value type: 32 bytes. Default is all zero, which is never the digest of anything stored.
struct Digest {
  static constexpr std::size_t kSize = 32;
  std::array<std::uint8_t, kSize> bytes{};

  friend auto operator<=>(const Digest&, const Digest&) = default;

  [[nodiscard]] ByteView View() const { return {reinterpret_cast<const char*>(bytes.data()), kSize}; }
  [[nodiscard]] std::string Hex() const { return HexEncode(View()); }
  [[nodiscard]] static Result<Digest> FromHex(std::string_view hex);
  [[nodiscard]] static Result<Digest> FromBytes(ByteView raw);  // exactly 32 bytes
};

[[nodiscard]] Digest Sha256(ByteView bytes);

// SHA3-256 (FIPS 202), used only by the onion address checksum.
[[nodiscard]] Digest Sha3_256(ByteView bytes);

// HMAC-SHA-256 (RFC 2104).
[[nodiscard]] Digest HmacSha256(ByteView key, ByteView message);

// Running SHA-256. One thread at a time. Finish() may be called once; anything after it, or after a move,
// aborts.
class Sha256Stream final {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(Sha256Stream&&) noexcept;
  Sha256Stream& operator=(Sha256Stream&&) noexcept;
  void Update(ByteView bytes);
  [[nodiscard]] Digest Finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace nightjar
