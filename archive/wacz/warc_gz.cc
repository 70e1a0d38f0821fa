// SPDX-License-Identifier: Apache-2.0
#include "archive/wacz/warc_gz.h"

#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace nightjar::wacz {
namespace {

constexpr int kLevel = 9;           // written once, read and copied often
constexpr int kGzip = 15 + 16;      // zlib.h: the largest window, a gzip header (its time is 0)
constexpr int kMemory = 8;          // zlib's default
constexpr uInt kPiece = 256 << 10;  // of output
constexpr std::size_t kFeed = 1 << 30;

}  // namespace

Bytes GzipMember(std::span<const ByteView> pieces) {
  z_stream stream{};
  // Fails for want of memory only.
  if (deflateInit2(&stream, kLevel, Z_DEFLATED, kGzip, kMemory, Z_DEFAULT_STRATEGY) != Z_OK) std::abort();
  const std::unique_ptr<z_stream, void (*)(z_stream*)> guard(&stream, [](z_stream* s) { deflateEnd(s); });
  Bytes packed;
  Bytes piece(kPiece, '\0');
  const auto run = [&](int flush) {
    do {
      stream.next_out = reinterpret_cast<Bytef*>(piece.data());
      stream.avail_out = kPiece;
      deflate(&stream, flush);
      packed.append(piece, 0, kPiece - stream.avail_out);
    } while (stream.avail_out == 0);
  };
  for (ByteView rest : pieces) {
    while (!rest.empty()) {
      const std::size_t size = std::min(rest.size(), kFeed);
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(rest.data()));
      stream.avail_in = static_cast<uInt>(size);
      rest.remove_prefix(size);
      run(Z_NO_FLUSH);
    }
  }
  run(Z_FINISH);
  return packed;
}

}  // namespace nightjar::wacz
