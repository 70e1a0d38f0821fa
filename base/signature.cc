// SPDX-License-Identifier: Apache-2.0
#include "base/signature.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstring>

#include "base/file.h"
#include "base/openssl_must.h"

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

bool VerifyOnce(const VerifyKey& verifier, ByteView message, ByteView signature) {
  const KeyPtr key = PublicHandle(verifier);
  const ContextPtr context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  Must(key && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1);
  return EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                          signature.size(), reinterpret_cast<const unsigned char*>(message.data()),
                          message.size()) == 1;
}

// RFC 8032, 7.1, test 1: of the empty message.
constexpr VerifyKey kKnownKey{{0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe,
                               0xd3, 0xc9, 0x64, 0x07, 0x3a, 0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6,
                               0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a}};
constexpr char kKnownSignature[] =
    "\xe5\x56\x43\x00\xc3\x60\xac\x72\x90\x86\xe2\xcc\x80\x6e\x82\x8a\x84\x87\x7f\x1e\xb8\xe5\xd9\x74\xd8\x73"
    "\xe0\x65"
    "\x22\x49\x01\x55\x5f\xb8\x82\x15\x90\xa3\x3b\xac\xc6\x1e\x39\x70\x1c\xf9\xb4\x6b\xd2\x5b\xf5\xf0\x59\x5b"
    "\xbe\x24"
    "\x65\x51\x41\x43\x8e\x7a\x10\x0b";

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
  Must(key && bio && PEM_write_bio_PUBKEY(bio.get(), key.get()) == 1);
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

// To OpenSSL a want of memory within the calculation is a bad signature too. A good exchange must not be
// called forged for that, so a "no" is believed only after a "yes" to a signature that is known to be good.
bool VerifyKey::Verify(ByteView message, ByteView signature) const {
  if (VerifyOnce(*this, message, signature)) return true;
  Must(VerifyOnce(kKnownKey, "", ByteView(kKnownSignature, sizeof kKnownSignature - 1)));
  return VerifyOnce(*this, message, signature);
}

SigningKey::SigningKey(std::shared_ptr<void> key) : key_(std::move(key)) {
  std::size_t size = public_key_.bytes.size();
  Must(EVP_PKEY_get_raw_public_key(Raw(key_), public_key_.bytes.data(), &size) == 1);
}

SigningKey SigningKey::Generate() {
  EVP_PKEY* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  Must(key != nullptr);
  return SigningKey(Shared(key));
}

Result<SigningKey> SigningKey::FromSeed(ByteView seed32) {
  if (seed32.size() != 32) return Fail(Code::kInvalidInput, "an Ed25519 seed has 32 bytes");
  EVP_PKEY* key = EVP_PKEY_new_raw_private_key(
      EVP_PKEY_ED25519, nullptr, reinterpret_cast<const unsigned char*>(seed32.data()), seed32.size());
  Must(key != nullptr);
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
  Must(EVP_PKEY_get_raw_private_key(Raw(key_), reinterpret_cast<unsigned char*>(seed.data()), &size) == 1);
  return seed;
}

Bytes SigningKey::Sign(ByteView message) const {
  Bytes signature(64, '\0');
  std::size_t size = signature.size();
  const ContextPtr context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  Must(context && EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, Raw(key_)) == 1 &&
       EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                      reinterpret_cast<const unsigned char*>(message.data()), message.size()) == 1);
  return signature;
}

std::string KeyId(const VerifyKey& key) { return Sha256(key.View()).Hex().substr(0, 16); }

}  // namespace nightjar
