// SPDX-License-Identifier: Apache-2.0
// wire::Decode: bytes from a worker that a page may have taken over. What is accepted must encode to the same
// bytes.
#include "sandbox/wire/facts.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() {
  wire::Facts facts;
  facts.extractor = "nightjar-extract/1";
  facts.sandbox = "full";
  facts.charset = "utf-8";
  facts.decoded_size = 4096;
  facts.title = "Blue ceramic owl";
  facts.text = "Blue ceramic owl\nPrice: 12.50 USD";
  facts.links = {{wire::LinkKind::kAnchor, "http://example.onion/a", "next"}};
  facts.forms = {{"http://example.onion/login", "post", {{"user", "text", ""}}}};
  facts.fields = {{"price", wire::FieldType::kMoney, {}, "12.50", "USD", "$12.50", {10, 16}, 90}};
  return {wire::Encode(facts), wire::Encode(wire::Facts{})};
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const auto input = fuzz::Input(data, size);
  const auto facts = wire::Decode(input);
  if (facts) fuzz::Require(wire::Encode(*facts) == input);
  return 0;
}
