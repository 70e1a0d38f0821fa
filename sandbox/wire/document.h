// SPDX-License-Identifier: Apache-2.0
// Document: what the pool sends into the jail, one capture at a time. Raw bytes as stored; nothing was undone
// yet.
#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace nightjar::wire {

// How to read. kLinear is the second try after a full reading killed its worker: one pass over the bytes, no
// tree, so that even a page made to break the parser leaves its words. kPropose is kFull, and says under
// which selectors a profile would find what was found (extract/propose.h).
enum class ReadMode : std::uint8_t { kFull, kLinear, kPropose };

struct Document {
  std::uint64_t number = 0;  // capture number, for the log only
  std::string url;           // normalised URL the bytes came from
  Bytes head;                // raw status line and header fields, ending in an empty line
  Bytes body;                // raw message body: transfer and content coding still on
  ReadMode mode = ReadMode::kFull;
  friend bool operator==(const Document&, const Document&) = default;
};

inline constexpr std::uint8_t kDocumentFormat = 1;
inline constexpr std::size_t kMaxEncodedDocument = 9 << 20;  // 8 MiB body, 64 KiB head, a URL, and slack

[[nodiscard]] Bytes EncodeDocument(const Document& document);
[[nodiscard]] Result<Document> DecodeDocument(ByteView bytes);

}  // namespace nightjar::wire
