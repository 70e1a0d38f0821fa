// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/slang_tree.h"

namespace nightjar::query {
namespace {

std::size_t CountLeaves(const Node& node) {
  if (node.children.empty()) return 1;
  std::size_t count = 0;
  for (const Node& child : node.children) count += CountLeaves(child);
  return count;
}

class Expander {
 public:
  Expander(const words::Slang& slang, std::size_t leaves) : slang_(slang), leaves_(leaves) {}

  void Expand(Node& node) {
    if (node.kind == NodeKind::kAnd || node.kind == NodeKind::kOr) {
      for (Node& child : node.children) Expand(child);
      return;
    }
    const bool word = node.kind == NodeKind::kWord || node.kind == NodeKind::kPhrase;
    if (word && node.field == nullptr) Widen(node);
  }

  std::vector<SlangExpansion> applied;

 private:
  void Widen(Node& node) {
    std::vector<std::string> names = slang_.NamesOf(node.text);
    if (names.empty() || leaves_ + names.size() > kMaxTerms) return;
    leaves_ += names.size();
    Node either{.kind = NodeKind::kOr, .at = node.at};
    for (const std::string& name : names) {
      const bool one = name.find(' ') == std::string::npos;
      either.children.push_back(
          {.kind = one ? NodeKind::kWord : NodeKind::kPhrase, .text = name, .at = node.at});
    }
    applied.push_back({node.text, std::move(names)});
    either.children.insert(either.children.begin(), std::move(node));
    node = std::move(either);
  }

  const words::Slang& slang_;
  std::size_t leaves_;
};

}  // namespace

Expanded ExpandSlang(Node tree, const words::Slang& slang) {
  Expander expander(slang, CountLeaves(tree));
  expander.Expand(tree);
  return {std::move(tree), std::move(expander.applied)};
}

}  // namespace nightjar::query
