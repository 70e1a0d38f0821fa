// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/statements.h"

#include <algorithm>
#include <array>

#include "sandbox/extract/json_ld.h"
#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

using parse::Node;
using parse::NodeIndex;
using parse::Tag;
using parse::Tree;

constexpr std::array<std::string_view, 8> kOpenGraph = {
    "og:", "article:", "book:", "music:", "product:", "profile:", "video:", "fb:"};
constexpr std::size_t kMostNodesOfValue = 4096;
constexpr std::size_t kMostNames = 4;  // of one itemprop

// Text below an element, not more than a statement can hold.
std::string TextBelow(const Tree& tree, NodeIndex index) {
  std::string text;
  const NodeIndex past =
      static_cast<NodeIndex>(std::min<std::size_t>(tree[index].past, index + kMostNodesOfValue));
  for (NodeIndex i = index; i < past && text.size() < wire::kMaxStatementValue; ++i) {
    if (tree[i].tag == Tag::kText) text.append(tree[i].text.substr(0, wire::kMaxStatementValue));
  }
  return Folded(text);
}

// "https://schema.org/Product" says "Product".
std::string_view LastStep(std::string_view type) {
  type = parse::Trim(type.substr(0, type.find(' ')));
  const std::size_t slash = type.find_last_of("/#");
  return slash == std::string_view::npos ? type : type.substr(slash + 1);
}

class Collector final {
 public:
  explicit Collector(const Tree& tree) : tree_(tree) {}

  Stated Run() {
    for (NodeIndex i = 0; i < tree_.nodes().size() && out_.size() < wire::kMaxStatements; ++i) {
      while (!items_.empty() && items_.back().past <= i) items_.pop_back();
      const Node& node = tree_[i];
      if (node.tag == Tag::kText) continue;
      if (node.tag == Tag::kMeta) AddMeta(node);
      if (node.tag == Tag::kScript &&
          parse::StartsWithNoCase(tree_.Value(node, "type"), "application/ld+json")) {
        ReadJsonLd(tree_.TextBelow(i), out_);
      }
      if (node.attribute_count > 0) AddMicrodata(i);
      nodes_.resize(out_.size(), i);
    }
    return {std::move(out_), std::move(nodes_)};
  }

 private:
  struct Item {
    std::string path;
    NodeIndex past;
  };

  void AddMeta(const Node& node) {
    const parse::Attribute* name = tree_.Find(node, "property");
    if (name == nullptr) name = tree_.Find(node, "name");
    const std::string value = Folded(tree_.Value(node, "content"));
    if (name == nullptr || value.empty()) return;
    std::string lower = parse::Lower(parse::Trim(name->value));
    const bool graph =
        std::ranges::any_of(kOpenGraph, [&](std::string_view prefix) { return lower.starts_with(prefix); });
    out_.push_back({graph ? "og" : "meta", std::move(lower), value});
  }

  void AddMicrodata(NodeIndex index) {
    const Node& node = tree_[index];
    const std::string names = Folded(tree_.Value(node, "itemprop"));
    const bool scope = tree_.Find(node, "itemscope") != nullptr;
    if (scope && items_.size() < kMostSteps) {
      const std::string_view first = std::string_view(names).substr(0, names.find(' '));
      const std::string path = items_.empty() || first.empty()
                                   ? std::string(LastStep(tree_.Value(node, "itemtype")))
                                   : items_.back().path + "." + std::string(first);
      items_.push_back({path.substr(0, wire::kMaxShort), node.past});
    } else if (!scope && !names.empty() && !items_.empty()) {
      AddProperties(index, names);
    }
  }

  void AddProperties(NodeIndex index, std::string_view names) {
    const std::string value = ValueOf(index);
    for (std::size_t count = 0; !names.empty() && !value.empty() && count < kMostNames; ++count) {
      const std::string_view name = names.substr(0, names.find(' '));
      const std::string& path = items_.back().path;
      out_.push_back({"microdata", path.empty() ? std::string(name) : path + "." + std::string(name), value});
      names.remove_prefix(std::min(name.size() + 1, names.size()));
    }
  }

  // HTML section 5.2.4, "the value of a property".
  [[nodiscard]] std::string ValueOf(NodeIndex index) const {
    constexpr std::array<std::string_view, 6> kInAttributes = {"content", "href",     "src",
                                                               "data",    "datetime", "value"};
    const Node& node = tree_[index];
    for (const std::string_view name : kInAttributes) {
      if (const parse::Attribute* attribute = tree_.Find(node, name)) {
        return Folded(attribute->value.substr(0, wire::kMaxStatementValue));
      }
    }
    return TextBelow(tree_, index);
  }

  const Tree& tree_;
  std::vector<wire::Statement> out_;
  std::vector<NodeIndex> nodes_;
  std::vector<Item> items_;
};

}  // namespace

Stated ReadStatements(const Tree& tree) { return Collector(tree).Run(); }

}  // namespace nightjar::extract
