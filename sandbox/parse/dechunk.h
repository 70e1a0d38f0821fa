// SPDX-License-Identifier: Apache-2.0
// Undoes the chunked transfer coding (RFC 9112 section 7.1). Lenient: a body that is not chunked at all comes
// back as it is, and a body that ends or breaks off in the middle gives the chunks before that place.
#pragma once

#include "base/bytes.h"

namespace nightjar::parse {

[[nodiscard]] Bytes Dechunk(ByteView raw);

}  // namespace nightjar::parse
