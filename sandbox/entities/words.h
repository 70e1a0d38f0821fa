// SPDX-License-Identifier: Apache-2.0
// Long words: coin addresses (coins/address.h), Session and Tox identities.
#pragma once

#include "sandbox/entities/scan.h"

namespace nightjar::entities {

inline constexpr std::size_t kShortestLongWord = 25;

// Session: 66 hex digits that begin with 05 (the key's type), an X25519 key without checksum; getsession.org.
// Tox: 76 hex digits: key, nospam, and two bytes that make the exclusive or of all pairs zero;
// toktok.ltd/spec.
void ReadLongWord(Scan& scan, std::size_t begin, std::size_t end);

}  // namespace nightjar::entities
