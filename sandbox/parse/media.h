// SPDX-License-Identifier: Apache-2.0
// Is this body text, and is it markup? Only text is read; pictures and archives are stored, never
// interpreted. Source: WHATWG MIME Sniffing Standard (sections 4.4, 5 and 7), in the small.
#pragma once

#include <string_view>

#include "base/bytes.h"

namespace nightjar::parse {

enum class Media { kMarkup, kPlainText, kNotText };

// `content_type`: the header's value, maybe empty, maybe a lie: bytes that show a binary signature, or
// control characters no text has, win over it.
[[nodiscard]] Media DecideMedia(std::string_view content_type, ByteView body);

}  // namespace nightjar::parse
