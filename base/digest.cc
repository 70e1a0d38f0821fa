// SPDX-License-Identifier: Apache-2.0
#include "base/digest.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <cstdlib>
#include <cstring>

#include "base/openssl_must.h"

namespace nightjar {
namespace {

Digest HashWith(const EVP_MD* algorithm, ByteView bytes) {
  Digest digest;
  Must(EVP_Digest(bytes.data(), bytes.size(), digest.bytes.data(), nullptr, algorithm, nullptr) == 1);
  return digest;
}

// Fetching an algorithm from a provider costs more than hashing a small record, so it is done once a process.
const EVP_MD* FetchOnce(const char* name) {
  const EVP_MD* algorithm = EVP_MD_fetch(nullptr, name, nullptr);
  Must(algorithm != nullptr);
  return algorithm;
}

const EVP_MD* Sha256Algorithm() {
  static const EVP_MD* const kAlgorithm = FetchOnce("SHA256");
  return kAlgorithm;
}

}  // namespace

Result<Digest> Digest::FromHex(std::string_view hex) {
  ASSIGN_OR_RETURN(Bytes raw, HexDecode(hex));
  return FromBytes(raw);
}

Result<Digest> Digest::FromBytes(ByteView raw) {
  if (raw.size() != kSize) {
    return Fail(Code::kInvalidInput, "a SHA-256 digest has 32 bytes, got " + std::to_string(raw.size()));
  }
  Digest digest;
  std::memcpy(digest.bytes.data(), raw.data(), kSize);
  return digest;
}

Digest Sha256(ByteView bytes) { return HashWith(Sha256Algorithm(), bytes); }

Digest Sha3_256(ByteView bytes) {
  static const EVP_MD* const kAlgorithm = FetchOnce("SHA3-256");
  return HashWith(kAlgorithm, bytes);
}

Digest HmacSha256(ByteView key, ByteView message) {
  Digest digest;
  const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
  Must(HMAC(Sha256Algorithm(), key.data(), static_cast<int>(key.size()), bytes, message.size(),
            digest.bytes.data(), nullptr) != nullptr);
  return digest;
}

struct Sha256Stream::Context {
  EVP_MD_CTX* handle = EVP_MD_CTX_new();
  Context() = default;
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() { EVP_MD_CTX_free(handle); }
};

Sha256Stream::Sha256Stream() : context_(std::make_unique<Context>()) {
  Must(context_->handle != nullptr && EVP_DigestInit_ex(context_->handle, Sha256Algorithm(), nullptr) == 1);
}
Sha256Stream::~Sha256Stream() = default;
Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;

void Sha256Stream::Update(ByteView bytes) {
  if (!context_) std::abort();
  Must(EVP_DigestUpdate(context_->handle, bytes.data(), bytes.size()) == 1);
}

Digest Sha256Stream::Finish() {
  if (!context_) std::abort();
  Digest digest;
  Must(EVP_DigestFinal_ex(context_->handle, digest.bytes.data(), nullptr) == 1);
  context_.reset();
  return digest;
}

}  // namespace nightjar
