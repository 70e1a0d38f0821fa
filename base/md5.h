// SPDX-License-Identifier: Apache-2.0
// MD5 (RFC 1321), only to look things up in other people's lists, which are made of it. Nothing of ours rests
// on it: it is broken as a proof. Computed by OpenSSL's libcrypto; a libcrypto that refuses MD5 (FIPS mode)
// is an error at the first use, because a list that cannot be consulted must not be passed over.
#pragma once

#include "base/bytes.h"
#include "base/result.h"

namespace nightjar {

inline constexpr std::size_t kMd5Size = 16;

// 16 raw bytes. kUnavailable where libcrypto has no MD5.
[[nodiscard]] Result<Bytes> Md5(ByteView bytes);

}  // namespace nightjar
