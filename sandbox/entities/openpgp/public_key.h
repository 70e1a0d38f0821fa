// SPDX-License-Identifier: Apache-2.0
// One public-key packet (RFC 9580, section 5.5.2).
#pragma once

#include <optional>

#include "base/bytes.h"
#include "sandbox/entities/openpgp/keys.h"

namespace nightjar::openpgp {

// `body`: of a public-key or public-subkey packet. Nothing where it does not hold exactly the numbers that
// its algorithm has; of an algorithm not known here the material is taken as it stands.
[[nodiscard]] std::optional<Key> ReadPublicKey(ByteView body);

[[nodiscard]] std::string UpperHex(ByteView bytes);

}  // namespace nightjar::openpgp
