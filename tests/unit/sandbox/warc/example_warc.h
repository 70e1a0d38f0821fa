// SPDX-License-Identifier: Apache-2.0
// Small WARC records as others write them, for the tests of reading.
#pragma once

#include <zlib.h>

#include <cstdlib>
#include <string>

#include "base/bytes.h"

namespace nightjar::warc {

inline Bytes Plain(const std::string& type, const Bytes& block, const std::string& more = {}) {
  return "WARC/1.0\r\nWARC-Type: " + type + "\r\n" + more +
         "Content-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

inline Bytes Gzip(const Bytes& plain) {
  z_stream stream{};
  if (deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) std::abort();
  Bytes packed(deflateBound(&stream, plain.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END) std::abort();
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

// Fields of a request or response of `url`.
inline std::string Of(const std::string& url, const std::string& id, const std::string& concurrent = {}) {
  return "WARC-Target-URI: " + url + "\r\nWARC-Date: 2024-05-06T07:08:09Z\r\nWARC-Record-ID: <" + id +
         ">\r\n" + (concurrent.empty() ? "" : "WARC-Concurrent-To: <" + concurrent + ">\r\n");
}

}  // namespace nightjar::warc
