// SPDX-License-Identifier: Apache-2.0
// The WARC 1.1 (ISO 28500:2017) form of captures. Every header is a pure function of the signed record, so
// nothing in the file is free to change: a verifier writes the headers itself and compares, and the blocks
// are bound by the record's digests.
//
// A capture made with a session's secrets has its redacted form here (archive/captures/redaction.h), bound by
// the redacted-* lines of the record.
//
// No WARC-IP-Address (meaningless over Tor). No WARC-Payload-Digest: the specification wants it over the body
// with the transfer coding taken off, common tools hash it as it lies; the block digest is the evidence hash.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "archive/captures/record.h"
#include "base/bytes.h"
#include "base/digest.h"
#include "base/ids.h"

namespace nightjar::bundle {

// What stands after each block.
inline constexpr std::string_view kWarcRecordEnd = "\r\n\r\n";

// Where a WARC record's block comes from.
enum class WarcBlock : std::uint8_t { kRequest, kResponse, kText };

struct WarcRecord {
  std::string_view type;  // as in WARC-Type
  std::string id;         // "urn:uuid:...", without the angle brackets it has in the header
  Bytes header;           // with the empty line
  WarcBlock block = WarcBlock::kText;
  Bytes text;  // the block itself, for kText only
  std::uint64_t size = 0;
  Digest sha256;
  // Of a response whose head is redacted: the body, which is whole, begins here and has this digest.
  std::optional<std::pair<std::uint64_t, Digest>> body = std::nullopt;
};

// "urn:uuid:" and a UUID of version 8 (RFC 9562, section 5.8: its maker chooses the bits) made from a digest
// of both words, so that ids repeat.
[[nodiscard]] std::string NamedUuid(std::string_view type, std::string_view subject);

// A capture as WARC sees it.
struct WarcSubject {
  CaptureNumber number;
  captures::Record record;
  Digest record_sha256;
  bool rejected = false;  // no exchange was stored: only metadata
};

// The warcinfo record that opens the file. It carries the start of the first capture as its date, not the
// time of the export, so that the same captures give the same bytes.
[[nodiscard]] WarcRecord WarcInfo(const CaseId& case_id, UtcTime first_started,
                                  std::string_view file_name = "capture.warc");

// Request and response (each only where bytes were sent or received), then metadata.
[[nodiscard]] std::vector<WarcRecord> WarcRecords(const WarcSubject& subject);

}  // namespace nightjar::bundle
