// SPDX-License-Identifier: Apache-2.0
// The JSON that a stranger's bundle may hold: custody.jsonl and selection.json, each in one spelling or none.
#include "archive/bundle/custody.h"
#include "archive/bundle/selection.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {
namespace {

bundle::Selection Chosen() {
  bundle::Selection selection;
  selection.case_id = "owl-7";
  selection.exported_by = "Analyst 3";
  selection.log = "unit.example/nightjar/2026a";
  selection.tree_size = 8;
  selection.captures = selection.last = 3;
  selection.counts[{"owls", "a.onion", "not-attempted"}] = {.exported = 1, .archived = 2};
  selection.rejections[2] = "na\xC3\xAFve \"signature\"";
  return selection;
}

}  // namespace

std::vector<std::string> Seeds() {
  const evidence::Checkpoint tree{.origin = "unit.example/nightjar/2026a", .size = 8, .root = Sha256("root")};
  std::vector<bundle::CustodyEntry> entries = {bundle::ThisExport(Chosen(), tree)};
  entries.push_back(entries[0]);
  entries[0].source = "exports";
  entries[0].reason = "l\xC3\xA4nger\n";
  return {bundle::FormatCustody(entries), bundle::FormatSelection(Chosen())};
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const auto input = fuzz::Input(data, size);
  if (const auto entries = bundle::ParseCustody(input)) {
    fuzz::Require(bundle::FormatCustody(*entries) == input);
    (void)bundle::CheckCustody(*entries, {});
  }
  if (const auto selection = bundle::ParseSelection(input))
    fuzz::Require(bundle::FormatSelection(*selection) == input);
  return 0;
}
