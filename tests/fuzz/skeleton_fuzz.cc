// SPDX-License-Identifier: Apache-2.0
// Cutting markup to its skeleton never changes the element names that libxml2 reports, whatever the markup.
#include "base/bytes.h"
#include "sandbox/fingerprint/dom_hash.h"
#include "sandbox/fingerprint/skeleton.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() {
  return {
      "<!DOCTYPE html><html><head><title>t</title></head><body class=\"a\"><p id=x>text &amp; "
      "more<br/></p></body></html>",
      "<table><tr><td>1<td>2</table><script>if (a<b) c()</script><style>p{}</style><!-- x --><a "
      "href='/y'>z</a>",
      "</p> text<ul><li>a<li>b</ul><textarea>c</textarea><select><option selected>d</select>",
  };
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const std::string page = ToValidUtf8(fuzz::Input(data, size));
  fuzz::Require(fingerprint::DomHash(page) == fingerprint::HashOfNames(page));
  return 0;
}
