// SPDX-License-Identifier: Apache-2.0
// Which encoding a body is in: byte order mark, then the header, then a <meta> in the first 1024 bytes
// (unless it says windows-1252, as the Standard reads ISO-8859-1, of bytes that are UTF-8), then UTF-8 if it
// is valid as such, then what the bytes' statistics say (guess.h), then windows-1252 (WHATWG HTML
// section 13.2.3.2, with the locale guess replaced by these tests).
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "sandbox/parse/encodings.h"

namespace nightjar::parse {

// Never null: bytes that nothing speaks for are windows-1252, in which every byte is a character.
[[nodiscard]] const Encoding* DecideEncoding(std::string_view content_type, ByteView body);

}  // namespace nightjar::parse
