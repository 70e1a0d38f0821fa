// SPDX-License-Identifier: Apache-2.0
// A page as a flat tree: nodes in document order, each knowing where its sub-tree ends. Walking is a loop
// over an array, never a recursion, so no page can exhaust the stack; skipping a sub-tree is one assignment.
// Gumbo builds, this room copies; nobody else sees Gumbo.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/parse/arena.h"

namespace nightjar::parse {

// The elements that reading rules ask about. Everything else is kOther.
// clang-format off
enum class Tag : std::uint8_t {
  kText, kOther, kA, kAddress, kArea, kArticle, kAside, kAudio, kB, kBase, kBlockquote, kBody, kBr, kButton, kCaption,
  kCenter, kDd, kDetails, kDiv, kDl, kDt, kEm, kFieldset, kFont, kFooter, kForm, kFrame, kFrameset, kH1, kH2, kH3, kH4,
  kH5, kH6, kHead, kHeader, kHr, kHtml, kI, kIframe, kImg, kInput, kLabel, kLegend, kLi, kLink, kMain, kMeta, kNav,
  kNoscript, kObject, kOl, kOption, kP, kPre, kScript, kSection, kSelect, kSmall, kSpan, kStrong, kStyle, kSummary,
  kSvg, kTable, kTbody, kTd, kTemplate, kTextarea, kTfoot, kTh, kThead, kTitle, kTr, kU, kUl, kVideo,
};
// clang-format on

struct Attribute {
  std::string_view name;             // lower case
  std::string_view value;            // character references undone
  std::uint32_t begin = 0, end = 0;  // of the value in the markup, quotes included
};

struct Node {
  Tag tag = Tag::kOther;
  std::string_view text;     // kText: its characters; kOther: the element's name
  std::uint32_t parent = 0;  // the root is its own parent
  std::uint32_t past = 0;    // index after the last node of this sub-tree
  std::uint32_t attributes_at = 0, attribute_count = 0;
  std::uint32_t begin = 0, end = 0;  // in the markup: a text's characters, or an element's start tag
};

using NodeIndex = std::uint32_t;

// Views point into the tree's arena and into the markup it was built from, which must outlive it.
class Tree final {
 public:
  explicit Tree(std::string_view markup);
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  [[nodiscard]] std::span<const Node> nodes() const { return nodes_; }  // never empty: node 0 is <html>
  [[nodiscard]] const Node& operator[](NodeIndex index) const { return nodes_[index]; }
  [[nodiscard]] std::string_view markup() const { return markup_; }

  [[nodiscard]] std::span<const Attribute> AttributesOf(const Node& node) const;
  [[nodiscard]] static std::string_view NameOf(const Node& element) { return element.text; }
  // The named attribute, or nullptr.
  [[nodiscard]] const Attribute* Find(const Node& node, std::string_view name) const;
  // Its value, or empty.
  [[nodiscard]] std::string_view Value(const Node& node, std::string_view name) const;
  // All characters below a node, as they stand.
  [[nodiscard]] std::string TextBelow(NodeIndex index) const;

 private:
  friend class TreeBuilder;
  std::string_view markup_;
  Arena arena_;
  std::vector<Node> nodes_;
  std::vector<Attribute> attributes_;
};

}  // namespace nightjar::parse
