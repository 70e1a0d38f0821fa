// SPDX-License-Identifier: Apache-2.0
// Style rules of a page: any bytes as a sheet and as a style attribute are read within the budget, and the
// same bytes give the same values.
#include "base/bytes.h"
#include "sandbox/style/cascade.h"
#include "tests/fuzz/fuzz_target.h"

namespace nightjar::fuzz {

std::vector<std::string> Seeds() {
  return {
      ".a > #b ~ i:not(.c):nth-child(2n+1)[t*=\"x\" i]{display:none!important;left:-100em;color:#fff}",
      "@media screen and (min-width:60em){a:hover b{clip:rect(0 0 0 0);transform:scale(0)}}/* c */<!-- -->",
      "font:0/0 a;margin:1px 2px;inset:-9999px 0;background:rgb(1 2 3 / 4%) url(x);d\\69splay:none",
  };
}

}  // namespace nightjar::fuzz

namespace {

int CountOf(const nightjar::parse::Tree& tree) {
  using namespace nightjar;
  style::Cascade cascade(tree);
  style::Styles styles;
  int declared = 0;
  for (parse::NodeIndex i = 0; i < tree.nodes().size(); ++i) {
    if (tree[i].tag == parse::Tag::kText) continue;
    cascade.Find(i, styles);
    for (std::size_t p = 0; p < style::kProperties; ++p)
      declared += styles.still.Has(static_cast<style::Property>(p)) ? 1 : 0;
  }
  return declared;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nightjar;
  const std::string input = ToValidUtf8(fuzz::Input(data, size));
  const std::string page = "<style>" + input + "</style><div class=a><b id=b t=xx></b><i>1</i><i style=\"" +
                           input + "\">2</i></div>";
  const parse::Tree tree(page);
  fuzz::Require(CountOf(tree) == CountOf(tree));
  return 0;
}
