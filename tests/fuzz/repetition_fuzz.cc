// SPDX-License-Identifier: Apache-2.0
// Repetition::RestoreSite: what is accepted must encode to the same bytes and be safe to use.
#include "indexer/repetition/repetition.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() {
  repetition::Repetition table;
  for (int i = 0; i < 9; ++i) {
    wire::Facts facts;
    facts.text = "Home\nOrders (3)\npage " + std::to_string(i);
    table.Learn(i % 3 == 0 ? "a.onion" : "b.onion", std::to_string(i), facts);
  }
  return {table.EncodeSite("a.onion"), table.EncodeSite("b.onion")};
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const auto input = fuzz::Input(data, size);
  repetition::Repetition table;
  if (!table.RestoreSite("b.onion", input)) return 0;
  fuzz::Require(table.EncodeSite("b.onion") == input);
  wire::Facts facts;
  facts.text = "Home\nOrders";
  table.Learn("b.onion", "http://b.onion/", facts);
  for (const wire::Span& span : table.Boilerplate("b.onion", facts))
    fuzz::Require(span.end <= facts.text.size());
  return 0;
}
