// SPDX-License-Identifier: Apache-2.0
#include "base/sha1.h"

#include <openssl/evp.h>

#include "base/openssl_must.h"

namespace nightjar {

Bytes Sha1(ByteView bytes) {
  static const EVP_MD* const kAlgorithm = EVP_MD_fetch(nullptr, "SHA1", nullptr);
  Must(kAlgorithm != nullptr);
  Bytes digest(kSha1Size, '\0');
  Must(EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr,
                  kAlgorithm, nullptr) == 1);
  return digest;
}

}  // namespace nightjar
