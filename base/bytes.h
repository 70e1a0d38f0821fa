// SPDX-License-Identifier: Apache-2.0
// Bytes and the text encodings of bytes used in records, proofs and addresses.
// Decoders are strict: one text for one value (lower-case hex, padded base64 with zero trailing bits),
// because evidence formats must not have two spellings of the same thing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace nightjar {

using Bytes = std::string;          // owned bytes; may hold NUL and invalid UTF-8
using ByteView = std::string_view;  // borrowed bytes

[[nodiscard]] std::string HexEncode(ByteView bytes);
[[nodiscard]] Result<Bytes> HexDecode(std::string_view lower_case_hex);

// RFC 4648 section 4, with padding.
[[nodiscard]] std::string Base64Encode(ByteView bytes);
[[nodiscard]] Result<Bytes> Base64Decode(std::string_view text);

// RFC 4648 section 6, lower case, no padding (the alphabet of onion addresses).
[[nodiscard]] std::string Base32Encode(ByteView bytes);
[[nodiscard]] Result<Bytes> Base32Decode(std::string_view lower_case_text);

[[nodiscard]] bool IsValidUtf8(std::string_view text);

// The valid UTF-8 nearest to `bytes`: each maximal invalid run becomes one U+FFFD. NUL is kept.
[[nodiscard]] std::string ToValidUtf8(ByteView bytes);

// The longest prefix of valid UTF-8 `text` with at most `max_bytes` that does not cut a character.
[[nodiscard]] std::string_view Utf8Prefix(std::string_view text, std::size_t max_bytes);

}  // namespace nightjar
