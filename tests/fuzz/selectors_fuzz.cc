// SPDX-License-Identifier: Apache-2.0
// css::ParseSelector and match::Selection: no selector crashes the parser, and one that is accepted finds
// its elements in document order, each once, whatever the page. The input is the selector, a line end, the
// page.
#include <algorithm>

#include "sandbox/css/selector.h"
#include "sandbox/match/selection.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() {
  return {
      "div > p.a#b[c~='d' i]:not(e, f)\n<div><p class=a id=b c='x D'>x</p></div>",
      "td:contains(\"Price\") + td, li:nth-child(2n+1)\n<table><tr><td>Price<td>5</table><ul><li>1<li>2</ul>",
      ":scope > a:has(> b) ~ c, *:empty:only-child\n<a><b></b></a><c></c>",
      "a:nth-of-type(-n+3):last-of-type \\3a x\n<a></a>"};
}

}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const std::string_view text = fuzz::Input(data, size);
  const std::size_t end = text.find('\n');
  const auto selectors = css::ParseSelector(text.substr(0, end));
  if (!selectors || end == std::string_view::npos || text.size() > 4096) return 0;
  const std::string page(text.substr(end + 1));
  const parse::Tree tree(page);
  match::Selection selection(tree);
  const auto found = selection.FindAll(*selectors);
  fuzz::Require(std::ranges::is_sorted(found));
  fuzz::Require(std::ranges::adjacent_find(found) == found.end());
  for (const auto node : found) fuzz::Require(node < tree.nodes().size());
  return 0;
}
