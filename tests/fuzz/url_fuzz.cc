// SPDX-License-Identifier: Apache-2.0
// Url::Parse: whatever is accepted must be its own normal form.
#include "base/url.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() {
  return {"http://example.onion/a/../b?x=1#f",
          "https://user:pw@[2001:db8::1]:8080/%7Efoo/./?q=%zz",
          "//host/path",
          "/only/path",
          "?query",
          "http://0x7f.1/",
          "http://b\xC3\xBC"
          "cher.example/\xE2\x82\xAC",
          "HTTP://EXAMPLE.onion:80//..//"};
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  static const Url kBase = Url::Parse("http://base.example/dir/page?q").value();
  const auto url = Url::Parse(fuzz::Input(data, size), &kBase);
  if (!url) return 0;
  const auto again = Url::Parse(url->Href());
  fuzz::Require(again && again->Href() == url->Href());
  fuzz::Require(url->scheme() == "http" || url->scheme() == "https");
  fuzz::Require(url->path().starts_with('/'));
  return 0;
}
