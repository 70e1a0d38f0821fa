// SPDX-License-Identifier: Apache-2.0
#include "base/cipher.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sys/stat.h>

#include <cstring>
#include <memory>

#include "base/file.h"
#include "base/openssl_must.h"

namespace nightjar {
namespace {

using ContextPtr = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

constexpr std::size_t kNonce = 12;
constexpr std::size_t kTag = 16;
constexpr std::size_t kMaxFile = 4096;
constexpr mode_t kOwnerOnly = 0600;

const unsigned char* In(ByteView bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
unsigned char* Out(char* bytes) { return reinterpret_cast<unsigned char*>(bytes); }

ContextPtr MakeContext() {
  ContextPtr context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  Must(context != nullptr);
  return context;
}

Status RefuseOpenFile(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return FailErrno("cannot look at", path);
  if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return Fail(Code::kRefused, "holds a secret and may be read by others; run chmod 600 on it", path);
  return {};
}

}  // namespace

SealingKey::~SealingKey() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

Result<SealingKey> SealingKey::FromBytes(ByteView raw) {
  if (raw.size() != kSize) return Fail(Code::kInvalidInput, "a sealing key has 32 bytes");
  SealingKey key;
  std::memcpy(key.bytes_.data(), raw.data(), kSize);
  return key;
}

SealingKey SealingKey::Make(Random& random) {
  Bytes raw = random.Take(kSize);
  SealingKey key;
  std::memcpy(key.bytes_.data(), raw.data(), kSize);
  Wipe(raw);
  return key;
}

Digest SealingKey::Mac(ByteView message) const {
  return HmacSha256({reinterpret_cast<const char*>(bytes_.data()), bytes_.size()}, message);
}

Bytes SealingKey::Raw() const { return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()}; }

void Wipe(Bytes& secret) { OPENSSL_cleanse(secret.data(), secret.size()); }

Result<SealingKey> SealingKey::Load(const std::string& path) {
  ASSIGN_OR_RETURN(const Bytes text, ReadFile(path, kMaxFile));
  RETURN_IF_ERROR(RefuseOpenFile(path));
  const auto raw = HexDecode(ByteView(text).substr(0, 2 * kSize));
  if (!raw || text.size() != 2 * kSize + 1 || text.back() != '\n')
    return Fail(Code::kCorrupt, "is not a sealing key: 64 hex digits and a line end", path);
  return FromBytes(*raw);
}

Result<SealingKey> SealingKey::LoadOrCreate(const std::string& path, Random& random) {
  auto key = Load(path);
  if (key || key.error().code != Code::kNotFound) return key;
  const Status made = CreateFileDurably(path, HexEncode(random.Take(kSize)) + "\n", kOwnerOnly);
  if (!made && made.error().code != Code::kAlreadyExists) return tl::unexpected<Error>(made.error());
  return Load(path);
}

Bytes SealingKey::Seal(ByteView plain, ByteView bound_to, Random& random) const {
  const ContextPtr context = MakeContext();
  Bytes sealed = random.Take(kNonce);
  sealed.resize(kNonce + plain.size() + kTag);
  int size = 0;
  Must(EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, bytes_.data(), In(sealed)) == 1);
  Must(EVP_EncryptUpdate(context.get(), nullptr, &size, In(bound_to), static_cast<int>(bound_to.size())) ==
       1);
  Must(EVP_EncryptUpdate(context.get(), Out(sealed.data() + kNonce), &size, In(plain),
                         static_cast<int>(plain.size())) == 1);
  Must(EVP_EncryptFinal_ex(context.get(), Out(sealed.data() + kNonce + size), &size) == 1);
  Must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTag,
                           sealed.data() + kNonce + plain.size()) == 1);
  return sealed;
}

Result<Bytes> SealingKey::Open(ByteView sealed, ByteView bound_to) const {
  const auto refused = [] {
    return Fail(Code::kCorrupt, "a sealed value does not open: damaged, moved, or sealed with another key");
  };
  if (sealed.size() < kNonce + kTag) return refused();
  const ContextPtr context = MakeContext();
  const ByteView cipher = sealed.substr(kNonce, sealed.size() - kNonce - kTag);
  Bytes tag(sealed.substr(sealed.size() - kTag));
  Bytes plain(cipher.size(), '\0');
  int size = 0;
  Must(EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, bytes_.data(), In(sealed)) == 1);
  Must(EVP_DecryptUpdate(context.get(), nullptr, &size, In(bound_to), static_cast<int>(bound_to.size())) ==
       1);
  Must(EVP_DecryptUpdate(context.get(), Out(plain.data()), &size, In(cipher),
                         static_cast<int>(cipher.size())) == 1);
  Must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTag, tag.data()) == 1);
  if (EVP_DecryptFinal_ex(context.get(), Out(plain.data() + size), &size) != 1) return refused();
  return plain;
}

}  // namespace nightjar
