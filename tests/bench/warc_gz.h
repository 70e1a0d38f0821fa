// SPDX-License-Identifier: Apache-2.0
// What a crawler that writes WARC files does with an exchange: the records of archive/bundle/warc.h, each a
// gzip member of its own.
#pragma once

#include <zlib.h>

#include "archive/bundle/warc.h"
#include "archive/captures/record.h"

namespace nightjar::bench {

class WarcGz final {
 public:
  WarcGz() {
    constexpr int kGzip = 15 + 16;
    ::deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY);
  }
  ~WarcGz() { ::deflateEnd(&stream_); }
  WarcGz(const WarcGz&) = delete;
  WarcGz& operator=(const WarcGz&) = delete;

  [[nodiscard]] Bytes Format(const captures::Exchange& exchange) {
    const auto record = captures::ParseRecord(exchange.record);
    const bundle::WarcSubject subject{
        .number = {}, .record = *record, .record_sha256 = Sha256(exchange.record), .rejected = false};
    Bytes members;
    for (const bundle::WarcRecord& warc : bundle::WarcRecords(subject)) {
      const Bytes block = warc.block == bundle::WarcBlock::kRequest    ? exchange.request
                          : warc.block == bundle::WarcBlock::kResponse ? exchange.head + exchange.body
                                                                       : warc.text;
      members += Gzip(warc.header + block + Bytes(bundle::kWarcRecordEnd));
    }
    return members;
  }

 private:
  Bytes Gzip(const Bytes& plain) {
    Bytes packed(::deflateBound(&stream_, plain.size()), '\0');
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream_.avail_in = static_cast<uInt>(plain.size());
    stream_.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream_.avail_out = static_cast<uInt>(packed.size());
    ::deflate(&stream_, Z_FINISH);
    packed.resize(packed.size() - stream_.avail_out);
    ::deflateReset(&stream_);
    return packed;
  }
  z_stream stream_{};
};

}  // namespace nightjar::bench
