// SPDX-License-Identifier: Apache-2.0
// What `nightjar-importer` says of a foreign WARC file: exchanges and faults, in the order of the file, then
// how many records there were. Its words are untrusted: decoding bounds them, archive/import checks what they
// mean.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/result.h"

namespace nightjar::wire {

// A response with its request, if that lies beside it; or a request, resource or metadata record alone.
struct ForeignExchange {
  std::uint64_t offset = 0;  // of the record in the file (of its gzip member)
  std::string type;          // "response", "request", "resource", "metadata"
  std::string record_id;     // WARC-Record-ID as it stands there
  std::string date;          // WARC-Date as it stands there
  std::string url;           // WARC-Target-URI as it stands there
  std::string truncated;     // WARC-Truncated, or empty
  std::uint32_t http_status = 0;
  Bytes request;
  Bytes head;
  Bytes body;
  std::string withheld;  // not empty: why the body is not handed on; then its size and digest follow
  bool by_hash_list = false;
  std::uint64_t withheld_size = 0;
  Digest withheld_sha256;
  friend bool operator==(const ForeignExchange&, const ForeignExchange&) = default;
};

struct ForeignFault {
  std::uint64_t offset = 0;
  std::string reason;
  friend bool operator==(const ForeignFault&, const ForeignFault&) = default;
};

struct ForeignEnd {
  std::uint64_t records = 0;  // of all types
  std::uint64_t skipped = 0;  // of types that hold no exchange (warcinfo, revisit, conversion, ...)
  friend bool operator==(const ForeignEnd&, const ForeignEnd&) = default;
};

using ForeignItem = std::variant<ForeignExchange, ForeignFault, ForeignEnd>;

inline constexpr std::uint8_t kForeignFormat = 1;
inline constexpr std::size_t kMaxForeignText = 8192;          // each text field, longer ones are cut
inline constexpr std::size_t kMaxEncodedForeign = 130 << 20;  // two blocks of 64 MiB, and slack

[[nodiscard]] Bytes EncodeForeign(const ForeignItem& item);
// kCorrupt for anything EncodeForeign would not write.
[[nodiscard]] Result<ForeignItem> DecodeForeign(ByteView bytes);

}  // namespace nightjar::wire
