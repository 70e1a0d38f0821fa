// SPDX-License-Identifier: Apache-2.0
// sessions::SetCookiesOf and Jar: a hostile service's head must neither break the bounds of a jar nor put a
// byte into our request that could begin another line.
#include "crawler/sessions/jar.h"
#include "crawler/sessions/picture.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() {
  return {
      "HTTP/1.1 200 OK\r\nSet-Cookie: sid=abc; Path=/; Domain=x.onion; Max-Age=60; Secure\r\n\r\n",
      "HTTP/1.1 200 OK\r\nset-cookie: a=b; expires=Wed, 09 Jun 2027 10:18:14 GMT; HttpOnly\r\n"
      "Set-Cookie: c=d=e; path=/shop\r\n\r\n",
      "6;x=y\r\nGIF89a\r\n3\r\nabc\r\n0\r\n\r\n",
  };
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const UtcTime now(std::chrono::seconds(1767225600));
  const Url url = *Url::Parse("http://www.x.onion/shop/item");
  sessions::Jar jar("x.onion");
  jar.Take(url, fuzz::Input(data, size), now);
  fuzz::Require(jar.cookies().size() <= sessions::kMaxCookies);
  const std::string line = jar.LineFor(url, now);
  fuzz::Require(line.size() <= sessions::kMaxBytes + 3 * sessions::kMaxCookies);
  fuzz::Require(line.find_first_of(std::string("\r\n\0", 3)) == std::string::npos);
  const auto again = sessions::Jar::Decode(jar.Encode());
  fuzz::Require(again && *again == jar);
  (void)sessions::Jar::Decode(fuzz::Input(data, size));
  const auto input = fuzz::Input(data, size);
  const auto picture = sessions::PictureIn("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", input);
  fuzz::Require(!picture || picture->size() <= sessions::kMaxPicture);
  (void)sessions::PictureIn(input, "GIF89a");
  return 0;
}
