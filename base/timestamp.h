// SPDX-License-Identifier: Apache-2.0
// RFC 3161 time stamps, made and checked by OpenSSL: a time stamp authority (TSA) signs that a digest existed
// at a time. What is kept is the whole response, as `openssl ts -verify -in` reads it.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/result.h"

namespace nightjar::timestamp {

inline constexpr std::size_t kMaxResponse = 64 << 10;  // with a chain of certificates they have 2 to 8 kB
inline constexpr std::size_t kMaxCertificates = 256 << 10;
inline constexpr std::size_t kNonceSize = 16;

// Media types of RFC 3161, section 3.4.
inline constexpr std::string_view kQueryType = "application/timestamp-query";
inline constexpr std::string_view kReplyType = "application/timestamp-reply";

// A TimeStampReq in DER: SHA-256, with the TSA's certificate asked for. `nonce` is kNonceSize random bytes.
[[nodiscard]] Result<Bytes> MakeQuery(const Digest& imprint, ByteView nonce);

// Certificates in the one PEM spelling: the certificates of `pem` in order, and nothing else of it.
// kInvalidInput for none, or for something broken.
[[nodiscard]] Result<std::string> NormalCertificates(std::string_view pem);

struct Token {
  UtcTime time;           // when the TSA signed, whole seconds (a fraction is cut off)
  std::string authority;  // subject of the certificate that signed, as RFC 2253 writes it
};

// The token in a TimeStampResp, if it was granted without changes, is of version 1, over SHA-256 and exactly
// `imprint` (and `nonce`, where not empty), and is signed by a certificate for time stamping alone that one
// of the self-signed certificates in `ca_pem` vouched for at the token's own time: an expired certificate
// does not unmake an old token. Revocation is not looked at, for that needs a network. `untrusted_response`
// may be anything; kCorrupt for what does not hold, kInvalidInput for a bad `ca_pem`.
[[nodiscard]] Result<Token> Verify(ByteView untrusted_response, const Digest& imprint,
                                   std::string_view ca_pem, ByteView nonce = {});

}  // namespace nightjar::timestamp
