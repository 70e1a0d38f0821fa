// SPDX-License-Identifier: Apache-2.0
// The pre-scan and what stands behind it: markup that it lets pass makes a tree of bounded depth, and the
// linear reading, which takes everything, gives valid UTF-8 no longer than its input.
#include <algorithm>

#include "base/bytes.h"
#include "sandbox/parse/linear.h"
#include "sandbox/parse/prescan.h"
#include "sandbox/parse/tree.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

// Few caps can be reached by a small input: each seed repeats what makes depth.
std::vector<std::string> Seeds() {
  std::vector<std::string> seeds = {
      "<!DOCTYPE html><title>t</title><p>one<p>two<ul><li>a<li>b</ul><a href=x>y</a><!-- c --><br/>",
      "<table><tr><td>1<td>2<tr><th>3</table><select><option>a<option>b<optgroup></select>",
      "<svg><style><g></style><title><p></svg><math><mi><b></math><template><tr><td></template>",
      "<script>if (a<b) document.write('</p>')</script><style>p { }</style><textarea><b></textarea>"};
  for (const char* piece : {"<li><dd>", "<b><p>", "<span><div></span>", "<optgroup>", "<table><tr><td>"}) {
    std::string page;
    for (int i = 0; i < 40; ++i) page += piece;
    seeds.push_back(page);
  }
  return seeds;
}

namespace {

// Elements the tree builder makes up (html, body, tbody, tr) stand between those that are written.
constexpr std::size_t kDeepest = 4 * parse::kMaxDepth * (1 + parse::kMaxOddForeignEnds);

std::size_t DepthOf(const parse::Tree& tree) {
  std::vector<std::size_t> depths(tree.nodes().size(), 0);
  std::size_t deepest = 0;
  for (parse::NodeIndex i = 1; i < depths.size(); ++i) {
    depths[i] = depths[tree[i].parent] + 1;
    deepest = std::max(deepest, depths[i]);
  }
  return deepest;
}

}  // namespace
}  // namespace nightjar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const std::string markup = ToValidUtf8(fuzz::Input(data, size));  // as the charset step hands it on
  const parse::LinearPage page = parse::ReadLinear(markup);
  fuzz::Require(IsValidUtf8(page.text) && page.text.size() <= markup.size());
  if (!parse::FindExcess(markup)) fuzz::Require(fuzz::DepthOf(parse::Tree(markup)) <= fuzz::kDeepest);
  // The same in the large: what a page repeats to grow deep must be seen.
  if (markup.size() > 64 || markup.empty()) return 0;
  std::string repeated;
  while (repeated.size() < markup.size() * 3000) repeated += markup;
  if (!parse::FindExcess(repeated)) fuzz::Require(fuzz::DepthOf(parse::Tree(repeated)) <= fuzz::kDeepest);
  return 0;
}
