// SPDX-License-Identifier: Apache-2.0
// CDXJ: one line per response, "<SURT> <14 digits of time> <JSON>", sorted bytewise (the index of WACZ 1.1.1
// and of pywb).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "archive/captures/archive.h"
#include "base/bytes.h"
#include "base/digest.h"

namespace nightjar::wacz {

// Sort-friendly form of a URL: host turned round, lower case, without "www.", query arguments sorted, as
// warcio.js makes it.
[[nodiscard]] std::string Surt(std::string_view url);

// "20260131235959".
[[nodiscard]] std::string Timestamp(UtcTime time);

// The media type that the response declares, without parameters; "unk" where there is none.
[[nodiscard]] std::string MimeOf(ByteView head);

class Cdxj final {
 public:
  struct Place {
    std::string_view file;     // name of the WARC
    std::uint64_t offset = 0;  // of the gzip member
    std::uint64_t length = 0;
    Digest block;  // of the record
  };
  void Add(const captures::StoredCapture& capture, const Place& place);

  // All lines, sorted.
  [[nodiscard]] Bytes Take();

 private:
  std::vector<std::string> lines_;
};

}  // namespace nightjar::wacz
