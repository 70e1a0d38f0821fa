// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/outline.h"

#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

// The h1..h6 around a line.
NodeIndex HeadingAround(const Tree& tree, const Layout& layout, const Line& line) {
  NodeIndex node = layout.runs[line.first_run].node;
  while (node != 0 && (tree[node].tag < Tag::kH1 || tree[node].tag > Tag::kH6)) node = tree[node].parent;
  return node;
}

}  // namespace

std::vector<wire::Heading> ReadHeadings(const Tree& tree, const Layout& layout) {
  std::vector<wire::Heading> headings;
  NodeIndex last = 0;
  for (const Line& line : layout.lines) {
    if (line.heading == 0) continue;
    const NodeIndex element = HeadingAround(tree, layout, line);
    if (element == last && element != 0) {
      headings.back().text.append(" ").append(layout.At(line.range));
      continue;
    }
    if (headings.size() == wire::kMaxHeadings) break;
    headings.push_back({line.heading, std::string(layout.At(line.range))});
    last = element;
  }
  return headings;
}

std::vector<wire::Image> ReadImages(const Tree& tree, const Url& base) {
  std::vector<wire::Image> images;
  for (const parse::Node& node : tree.nodes()) {
    if (node.tag != Tag::kImg) continue;
    if (images.size() == wire::kMaxImages) break;
    wire::Image image{{}, Folded(tree.Value(node, "alt"))};
    const std::string_view source = parse::Trim(tree.Value(node, "src"));
    if (!source.empty() && source.size() <= wire::kMaxUrl) {
      if (const auto url = Url::Parse(source, &base)) image.url = url->WithoutFragment();
    }
    images.push_back(std::move(image));
  }
  return images;
}

std::string MainText(const Layout& layout) {
  std::string text;
  for (const Line& line : layout.lines) {
    if (line.navigation || line.banner) continue;
    if (!text.empty()) text.push_back('\n');
    text.append(layout.At(line.range));
  }
  return text;
}

}  // namespace nightjar::extract
