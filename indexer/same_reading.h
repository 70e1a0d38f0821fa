// SPDX-License-Identifier: Apache-2.0
// When two captures must be read alike, so that the second needs no jail.
#pragma once

#include <string_view>

#include "archive/captures/archive.h"
#include "base/digest.h"

namespace nightjar::indexer {

// Over all that a reading goes by: who reads (`reader`: build and profiles), the URL, the body, status and
// headers. Of headers that are new with each answer and that no reader looks into (Date, ETag, Set-Cookie,
// ...) only the names count.
[[nodiscard]] Digest DigestOfReading(std::string_view reader, const captures::StoredCapture& capture);

}  // namespace nightjar::indexer
