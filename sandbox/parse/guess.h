// SPDX-License-Identifier: Apache-2.0
// The encoding of bytes that nobody declared, by how often their letters and pairs occur (uchardet, after
// "A composite approach to language/encoding detection", Li and Momoi, 2001). Tables are built in: nothing is
// loaded, so it works in the jail without being primed. Linear in the bytes looked at, and bounded.
#pragma once

#include "base/bytes.h"
#include "sandbox/parse/encodings.h"

namespace nightjar::parse {

// Looked at: the first bytes, in which the model has long been sure or never will be.
inline constexpr std::size_t kGuessedFrom = 64 << 10;
// With fewer bytes over 0x7F than these, letter statistics are a coin toss ("caf\xE9").
inline constexpr std::size_t kLeastForGuess = 24;

// Null where the bytes say too little, or name an encoding that the web does not have.
[[nodiscard]] const Encoding* GuessEncoding(ByteView body);

}  // namespace nightjar::parse
