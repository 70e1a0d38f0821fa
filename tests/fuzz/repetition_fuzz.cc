// SPDX-License-Identifier: Apache-2.0
// Repetition::Decode: what is accepted must encode to the same bytes and be safe to use.
#include "indexer/repetition/repetition.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() {
  repetition::Repetition table;
  for (int i = 0; i < 9; ++i) {
    wire::Facts facts;
    facts.text = "Home\nOrders\npage " + std::to_string(i);
    table.Learn(i % 3 == 0 ? "a.onion" : "b.onion", std::to_string(i), facts);
  }
  return {table.Encode(), repetition::Repetition().Encode()};
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const auto input = fuzz::Input(data, size);
  auto table = repetition::Repetition::Decode(input);
  if (!table) return 0;
  fuzz::Require(table->Encode() == input);
  wire::Facts facts;
  facts.text = "Home\nOrders";
  table->Learn("a.onion", "http://a.onion/", facts);
  for (const wire::Span& span : table->Boilerplate("b.onion", facts))
    fuzz::Require(span.end <= facts.text.size());
  return 0;
}
