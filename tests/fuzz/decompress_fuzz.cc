// SPDX-License-Identifier: Apache-2.0
// Content codings over any bytes. The first byte chooses the codings, the rest is the body: the result is
// never over the cap nor, beyond the grace, over the ratio; and a reason is given whenever not all was
// undone.
#include <algorithm>
#include <array>

#include "sandbox/parse/coding.h"
#include "sandbox/parse/decompress.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() {
  using namespace std::string_literals;
  const std::string gzip =
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\x48\xcd\xc9\xc9\x57\xc8\x40\x90\x5c\x00\x3b\x7c\x8a\xdf\x12\x00\x00\x00"s;
  return {"\0"s + gzip,
          "\4"s + gzip + gzip,
          "\1"s + gzip.substr(10, 11),                                // the same, bare
          "\1\x78\x9c\xcb\x48\xcd\xc9\xc9\x07\x00\x06\x2c\x02\x15"s,  // zlib
          "\2\x0b\x02\x80hello\x03"s,                                 // brotli, stored
          "\3\x28\xb5\x2f\xfd\x20\x05\x29\x00\x00hello"s,             // zstd, stored
          "\5\x28\xb5\x2f\xfd\x20\x05\x29\x00\x00hello"s,
          "\0plain"s};
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  constexpr std::array kCodings = {"gzip",       "deflate",  "br",          "zstd",
                                   "gzip, gzip", "br, zstd", "deflate, br", "rot13"};
  if (size == 0) return 0;
  const ByteView body = fuzz::Input(data, size).substr(1);
  const std::string head =
      std::string("HTTP/1.1 200 OK\r\nContent-Encoding: ") + kCodings[data[0] % kCodings.size()] + "\r\n\r\n";
  const parse::DecodedBody decoded = parse::UndoCodings(parse::ParseHead(head), body);
  fuzz::Require(decoded.bytes.size() <= parse::kMaxDecoded);
  fuzz::Require((decoded.end == parse::CodingEnd::kWhole) == decoded.reason.empty());
  constexpr std::size_t kPiece = 64 << 10;  // the ratio is looked at after each piece
  for (const parse::Codec codec :
       {parse::Codec::kGzip, parse::Codec::kDeflate, parse::Codec::kBrotli, parse::Codec::kZstd}) {
    const std::size_t most = std::max(parse::kRatioGrace, body.size() * (parse::kMaxRatio + 1)) + kPiece;
    fuzz::Require(parse::Decompress(codec, body).bytes.size() <= most);
  }
  return 0;
}
