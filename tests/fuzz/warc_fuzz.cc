// SPDX-License-Identifier: Apache-2.0
// warc::Exchanges: whatever a foreign file holds, reading ends, and what comes out is what its message says.
#include "sandbox/warc/exchanges.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() {
  const std::string request =
      "WARC/1.0\r\nWARC-Type: request\r\nWARC-Target-URI: http://a.onion/\r\nWARC-Date: "
      "2024-05-06T07:08:09Z\r\n"
      "WARC-Record-ID: <urn:1>\r\nContent-Length: 18\r\n\r\nGET / HTTP/1.1\r\n\r\n\r\n\r\n";
  const std::string response =
      "WARC/1.1\nWARC-Type: response\nWARC-Target-URI: <http://a.onion/>\nWARC-Concurrent-To: <urn:1>\n"
      "Content-Length: 45\n\nHTTP/1.1 200 OK\nContent-Type: text/html\n\n<p>x\n\n";
  // gzip of "WARC/1.0\nContent-Length: 0\n\n"
  const std::string gzip(
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x0b\x77\x0c\x72\xd6\x37\xd4\x33\xe0\x72\xce"
      "\xcf\x2b\x49\xcd\x2b\xd1\xf5\x49\xcd\x4b\x2f\xc9\xb0\x52\x30\xe0\xe2\x02\x00",
      40);
  return {request + response, response, gzip};
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  warc::Exchanges exchanges(fuzz::Input(data, size), {});
  bool ended = false;
  while (const auto item = exchanges.Next()) {
    fuzz::Require(!ended);
    ended = std::holds_alternative<wire::ForeignEnd>(*item);
    const auto again = wire::DecodeForeign(wire::EncodeForeign(*item));
    fuzz::Require(again && *again == *item);
  }
  fuzz::Require(ended);
  static_cast<void>(wire::DecodeForeign(fuzz::Input(data, size)));
  return 0;
}
