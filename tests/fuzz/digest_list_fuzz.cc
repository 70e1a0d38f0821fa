// SPDX-License-Identifier: Apache-2.0
// Lists of digests: whatever is accepted holds each digest that stands in it.
#include "base/digest_list.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() {
  return {"c50b9578b6357a561909ff29331ad7ad\n00000000000000000000000000000000\n",
          "# made: 2026-01-01T00:00:00Z\n# words\n\r\nFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
          std::string(64, 'a') + "\n"};
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const ByteView text = fuzz::Input(data, size);
  for (const std::size_t digest_size : {std::size_t{16}, std::size_t{32}}) {
    const auto list = DigestList::Parse(text, digest_size);
    if (!list) continue;
    fuzz::Require(list->size() <= text.size() / (2 * digest_size));
    const auto first = HexDecode(text.substr(0, 2 * digest_size));
    if (first) fuzz::Require(list->Contains(*first));
  }
  return 0;
}
