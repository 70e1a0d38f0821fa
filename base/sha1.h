// SPDX-License-Identifier: Apache-2.0
// SHA-1 (FIPS 180-4), only for names that other people made of it: OpenPGP fingerprints of version 4. Nothing
// of ours rests on it: it is broken as a proof. Computed by OpenSSL's libcrypto.
#pragma once

#include "base/bytes.h"

namespace nightjar {

inline constexpr std::size_t kSha1Size = 20;

[[nodiscard]] Bytes Sha1(ByteView bytes);  // 20 raw bytes

}  // namespace nightjar
