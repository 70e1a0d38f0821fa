// SPDX-License-Identifier: Apache-2.0
// OpenPGP in running text: armored blocks (openpgp/), fingerprints and key ids beside a word that names them.
#pragma once

#include "sandbox/entities/scan.h"

namespace nightjar::entities {

// "-" at `at`: the place to go on from, past the whole block where one begins here. A public key gives a
// pgp_key, its pgp_subkeys and pgp_user_ids; one that cannot be read a pgp_key_damaged; messages and
// signatures the key ids they name. At most kMaxUserIds user ids of one block.
inline constexpr int kMaxUserIds = 64;
[[nodiscard]] std::size_t ReadPgpBlock(Scan& scan, std::size_t at);

// A word that may be, or begin, a fingerprint (40 or 64 hex digits, or 40 in ten groups of four) or a key id
// ("0x" and 8 or 16), where PGP or a fingerprint was named shortly before.
void ReadPgpName(Scan& scan, std::size_t begin, std::size_t end);

}  // namespace nightjar::entities
