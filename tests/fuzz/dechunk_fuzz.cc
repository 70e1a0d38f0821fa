// SPDX-License-Identifier: Apache-2.0
// Undoing the chunked coding: never more out than in, and whatever was put into chunks comes back.
#include "base/bytes.h"
#include "sandbox/parse/dechunk.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() {
  return {"5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nTrailer: t\r\n\r\n",
          "a\nhello worl\n1\nd\n0\n\n",
          "FFFFFFFF\r\nabc",
          "5\r\nhel",
          "<html>not chunked</html>",
          "0\r\n\r\n",
          " 2 \r\nab\r\nzz\r\n"};
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const ByteView input = fuzz::Input(data, size);
  fuzz::Require(parse::Dechunk(input).size() <= input.size());
  constexpr char kHex[] = "0123456789abcdef";
  Bytes chunked;
  for (std::size_t at = 0; at < input.size(); at += 15) {
    const ByteView piece = input.substr(at, 15);
    chunked.append(1, kHex[piece.size()]).append("\r\n").append(piece).append("\r\n");
  }
  fuzz::Require(parse::Dechunk(chunked + "0\r\n\r\n") == input);
  return 0;
}
