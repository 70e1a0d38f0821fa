// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/layout.h"

#include <gtest/gtest.h>

namespace nightjar::extract {
namespace {

std::string Cut(std::string_view text, Range range) {
  return std::string(text.substr(range.begin, range.end - range.begin));
}

TEST(HiddenText, KnowsWhereItStandsInTheMarkup) {
  const std::string markup =
      "<p>seen</p><div style='display:none'>  bc1q\u200Bx &amp; <b>more</b>\n text</div><p hidden>last</p>";
  const Tree tree(markup);
  const Visibility visibility(tree);
  const Layout layout = LayOut(tree, visibility);
  ASSERT_EQ(layout.hidden, "display-none: bc1qx & more text\nhidden-attribute: last");
  const auto there = [&](std::string_view words) {
    const auto at = static_cast<std::uint32_t>(layout.hidden.find(words));
    return Cut(markup,
               LocateHiddenInMarkup(tree, layout, {at, at + static_cast<std::uint32_t>(words.size())}));
  };
  EXPECT_EQ(there("bc1qx"), "bc1q\u200Bx");
  EXPECT_EQ(there("&"), "&amp;");
  EXPECT_EQ(there("more"), "more");
  EXPECT_EQ(there("text"), "text");
  EXPECT_EQ(there("last"), "last");
  EXPECT_EQ(LocateHiddenInMarkup(tree, layout, {3, 3}), Range{});
}

TEST(HiddenText, LeavesNoGapInTheTextAroundIt) {
  const std::string markup =
      "<p>lamp<span style='display:none'>bait</span>shade<p>a<b style='opacity:0'>x</b>b";
  const Tree tree(markup);
  const Layout layout = LayOut(tree, Visibility(tree));
  EXPECT_EQ(layout.text, "lampshade\nab");
  EXPECT_EQ(layout.hidden, "display-none: bait\ntransparent: x");
}

}  // namespace
}  // namespace nightjar::extract
