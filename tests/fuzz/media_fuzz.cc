// SPDX-License-Identifier: Apache-2.0
// The media policy over any head and body: a verdict never changes with the pieces a body arrives in once it
// was given, and nothing that bears the mark of a picture is ever kept by a policy of text alone.
#include "sandbox/media/body_watch.h"
#include "sandbox/media/signatures.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() {
  using namespace std::string_literals;
  return {"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>page</html>",
          "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n\x1A\n",
          "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1F\x8B\x08\0\0\0\0\0"s,
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n\xFF\xD8\xFF\xE0\r\n0\r\n\r\n"s};
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const ByteView input = fuzz::Input(data, size);
  const std::size_t end = std::min(input.find("\r\n\r\n"), input.size());
  const ByteView head = input.substr(0, std::min(end + 4, input.size()));
  const ByteView body = input.substr(head.size());
  media::BodyWatch watch{media::Policy()};
  bool withheld = watch.Begin(head).has_value();
  for (std::size_t have = 1; have <= body.size(); have = have * 3 / 2 + 1)
    withheld = watch.Look(body.substr(0, have)).has_value() || withheld;
  withheld = watch.End(body).has_value() || withheld;
  const bool marked = !media::TypeByMark(media::DecodedBody(head, body)).empty();
  fuzz::Require(withheld || !marked);
  return 0;
}
