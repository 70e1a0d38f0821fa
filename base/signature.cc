// SPDX-License-Identifier: Apache-2.0
#include "base/signature.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdlib>
#include <cstring>

#include "base/file.h"

namespace nightjar {
namespace {

using KeyPtr = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using BioPtr = std::unique_ptr<BIO, decltype(&BIO_free)>;
using ContextPtr = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

// OpenSSL's default asks at the terminal for the pass phrase of an encrypted PEM: outside text must not do
// that.
int NoPassphrase(char*, int, int, void*) { return -1; }

EVP_PKEY* Raw(const std::shared_ptr<void>& key) { return static_cast<EVP_PKEY*>(key.get()); }

std::string Drain(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

KeyPtr PublicHandle(const VerifyKey& key) {
  return {EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.bytes.data(), key.bytes.size()),
          &EVP_PKEY_free};
}

constexpr std::size_t kMaxPem = 16 << 10;

// Null for text too long to be a key.
BioPtr Reading(std::string_view pem) {
  return {pem.size() > kMaxPem ? nullptr : BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
          &BIO_free};
}

std::shared_ptr<void> Shared(EVP_PKEY* key) {
  return {key, [](void* p) { EVP_PKEY_free(static_cast<EVP_PKEY*>(p)); }};
}

Result<Bytes> PrivatePem(EVP_PKEY* key) {
  const BioPtr bio(BIO_new(BIO_s_mem()), &BIO_free);
  if (PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    return Fail(Code::kInternal, "OpenSSL could not write a private key");
  }
  return Drain(bio.get());
}

}  // namespace

Result<VerifyKey> VerifyKey::FromBytes(ByteView raw) {
  if (raw.size() != 32) return Fail(Code::kInvalidInput, "an Ed25519 public key has 32 bytes");
  VerifyKey key;
  std::memcpy(key.bytes.data(), raw.data(), raw.size());
  return key;
}

std::string VerifyKey::ToPem() const {
  const KeyPtr key = PublicHandle(*this);
  const BioPtr bio(BIO_new(BIO_s_mem()), &BIO_free);
  if (!key || PEM_write_bio_PUBKEY(bio.get(), key.get()) != 1) std::abort();
  return Drain(bio.get());
}

Result<VerifyKey> VerifyKey::FromPem(std::string_view pem) {
  const BioPtr bio = Reading(pem);
  const KeyPtr key(bio ? PEM_read_bio_PUBKEY(bio.get(), nullptr, &NoPassphrase, nullptr) : nullptr,
                   &EVP_PKEY_free);
  VerifyKey out;
  std::size_t size = out.bytes.size();
  if (!key || EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519 ||
      EVP_PKEY_get_raw_public_key(key.get(), out.bytes.data(), &size) != 1) {
    return Fail(Code::kInvalidInput, "not an Ed25519 public key in PEM form");
  }
  return out;
}

bool VerifyKey::Verify(ByteView message, ByteView signature) const {
  const KeyPtr key = PublicHandle(*this);
  const ContextPtr context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  return key && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                          signature.size(), reinterpret_cast<const unsigned char*>(message.data()),
                          message.size()) == 1;
}

SigningKey::SigningKey(std::shared_ptr<void> key) : key_(std::move(key)) {
  std::size_t size = public_key_.bytes.size();
  if (EVP_PKEY_get_raw_public_key(Raw(key_), public_key_.bytes.data(), &size) != 1) std::abort();
}

SigningKey SigningKey::Generate() {
  EVP_PKEY* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  if (key == nullptr) std::abort();
  return SigningKey(Shared(key));
}

Result<SigningKey> SigningKey::FromSeed(ByteView seed32) {
  if (seed32.size() != 32) return Fail(Code::kInvalidInput, "an Ed25519 seed has 32 bytes");
  EVP_PKEY* key = EVP_PKEY_new_raw_private_key(
      EVP_PKEY_ED25519, nullptr, reinterpret_cast<const unsigned char*>(seed32.data()), seed32.size());
  if (key == nullptr) return Fail(Code::kInvalidInput, "OpenSSL refused the Ed25519 seed");
  return SigningKey(Shared(key));
}

Result<SigningKey> SigningKey::LoadOrCreate(const std::string& path) {
  auto pem = ReadFile(path, kMaxPem);
  if (!pem && pem.error().code == Code::kNotFound) {
    ASSIGN_OR_RETURN(const Bytes text, PrivatePem(Raw(Generate().key_)));
    // When another role made the key in between, its key is the one that counts.
    const Status made = CreateFileDurably(path, text, 0600);
    if (!made && made.error().code != Code::kAlreadyExists) return tl::unexpected<Error>(made.error());
    pem = ReadFile(path, kMaxPem);
  }
  if (!pem) return tl::unexpected<Error>(pem.error());
  const BioPtr bio = Reading(*pem);
  EVP_PKEY* key = PEM_read_bio_PrivateKey(bio.get(), nullptr, &NoPassphrase, nullptr);
  if (key == nullptr || EVP_PKEY_get_id(key) != EVP_PKEY_ED25519) {
    EVP_PKEY_free(key);
    return Fail(Code::kCorrupt, "not an Ed25519 private key in PEM form; restore it from the backup", path);
  }
  return SigningKey(Shared(key));
}

Bytes SigningKey::Seed() const {
  Bytes seed(32, '\0');
  std::size_t size = seed.size();
  if (EVP_PKEY_get_raw_private_key(Raw(key_), reinterpret_cast<unsigned char*>(seed.data()), &size) != 1)
    std::abort();
  return seed;
}

Bytes SigningKey::Sign(ByteView message) const {
  Bytes signature(64, '\0');
  std::size_t size = signature.size();
  const ContextPtr context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, Raw(key_)) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                     reinterpret_cast<const unsigned char*>(message.data()), message.size()) != 1) {
    std::abort();
  }
  return signature;
}

std::string KeyId(const VerifyKey& key) { return Sha256(key.View()).Hex().substr(0, 16); }

}  // namespace nightjar
