// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/gzip_member.h"

#include <zlib.h>

#include <algorithm>
#include <memory>

namespace nightjar::parse {
namespace {

constexpr int kGzipOnly = 15 + 16;      // zlib.h, inflateInit2: the largest window, a gzip header
constexpr uInt kPiece = 64 << 10;       // of output
constexpr std::size_t kFeed = 1 << 20;  // of input: avail_in is 32 bits wide

}  // namespace

GzipMember ReadGzipMember(ByteView bytes, std::size_t max_bytes) {
  using End = GzipMember::End;
  GzipMember member;
  z_stream stream{};
  if (inflateInit2(&stream, kGzipOnly) != Z_OK) return member;
  const std::unique_ptr<z_stream, void (*)(z_stream*)> guard(&stream, [](z_stream* s) { inflateEnd(s); });
  Bytes piece(kPiece, '\0');
  for (;;) {
    if (stream.avail_in == 0) {
      const ByteView rest = bytes.substr(member.consumed);
      if (rest.empty()) {
        member.end = End::kCutShort;
        return member;
      }
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(rest.data()));
      stream.avail_in = static_cast<uInt>(std::min(rest.size(), kFeed));
    }
    const uInt before = stream.avail_in;
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = kPiece;
    const int answer = inflate(&stream, Z_NO_FLUSH);
    member.consumed += before - stream.avail_in;
    member.plain.append(piece, 0, kPiece - stream.avail_out);
    if (member.plain.size() > max_bytes) {
      member.plain.resize(max_bytes);
      member.end = End::kTooLarge;
      return member;
    }
    if (answer == Z_STREAM_END) {
      member.end = End::kWhole;
      return member;
    }
    if (answer != Z_OK && answer != Z_BUF_ERROR) return member;
  }
}

}  // namespace nightjar::parse
