// SPDX-License-Identifier: Apache-2.0
// Robots::Read and Decide: no text crashes them, a decision names a line that is there, and /robots.txt stays
// allowed.
#include <algorithm>

#include "crawler/robots/pattern.h"
#include "crawler/robots/robots.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() {
  return {"User-agent: *\nDisallow: /private\nAllow: /private/ok$\n",
          "user-agent: nightjar\nuser-agent: other\ndisallow: /*.gif$\nsitemap: x\nallow: /a%2Ab*c\n",
          "\xEF\xBB\xBFUser-Agent FooBot # comment\r\nDisallow /\r\rAllow: /\xE3\x83\x84\n",
          "disallow: /**a*$*b\nuser-agent: *\ndisallow: *$\nallow:\n"};
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const std::string_view text = fuzz::Input(data, size);
  const auto read = robots::Robots::Read(text);
  const auto lines = 1 + std::ranges::count_if(text, [](char c) { return c == '\n' || c == '\r'; });
  for (const char* address :
       {"http://a.onion/", "http://a.onion/private/ok?x=*$", "http://a.onion/a%2abc.gif"}) {
    const auto decision = read.Decide(*Url::Parse(address));
    fuzz::Require(decision.line >= 0 && decision.line <= lines);
    fuzz::Require(decision.allowed || decision.line > 0);
  }
  fuzz::Require(read.Decide(*Url::Parse("http://a.onion/robots.txt")).allowed);
  const std::string once = robots::NormalisePattern(text);
  fuzz::Require(robots::NormalisePattern(once) == once);
  return 0;
}
