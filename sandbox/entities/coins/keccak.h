// SPDX-License-Identifier: Apache-2.0
// Keccak-256 as Ethereum and Monero use it: the Keccak team's submission to the SHA-3 competition (version 3,
// rate 1088, capacity 512, padding 0x01), not the SHA3-256 of FIPS 202, whose padding is 0x06. OpenSSL 3.0
// has only the latter.
#pragma once

#include "base/bytes.h"
#include "base/digest.h"

namespace nightjar::coins {

[[nodiscard]] Digest Keccak256(ByteView bytes);

}  // namespace nightjar::coins
