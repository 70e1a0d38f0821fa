// SPDX-License-Identifier: Apache-2.0
#include "base/md5.h"

#include <openssl/evp.h>

namespace nightjar {

Result<Bytes> Md5(ByteView bytes) {
  static const EVP_MD* const kAlgorithm = EVP_MD_fetch(nullptr, "MD5", nullptr);
  Bytes digest(kMd5Size, '\0');
  if (kAlgorithm == nullptr ||
      EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr,
                 kAlgorithm, nullptr) != 1) {
    return Fail(Code::kUnavailable,
                "OpenSSL on this machine refuses MD5 (FIPS mode?); use lists of SHA-256 digests instead");
  }
  return digest;
}

}  // namespace nightjar
