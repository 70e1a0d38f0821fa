// SPDX-License-Identifier: Apache-2.0
#include "sandbox/parse/tree.h"

#include <gumbo.h>

#include <array>
#include <cstdlib>

namespace nightjar::parse {
namespace {

struct TagName {
  GumboTag gumbo;
  Tag tag;
};

// clang-format off
constexpr TagName kTagNames[] = {
    {GUMBO_TAG_A, Tag::kA}, {GUMBO_TAG_ADDRESS, Tag::kAddress}, {GUMBO_TAG_AREA, Tag::kArea},
    {GUMBO_TAG_ARTICLE, Tag::kArticle}, {GUMBO_TAG_ASIDE, Tag::kAside}, {GUMBO_TAG_AUDIO, Tag::kAudio},
    {GUMBO_TAG_B, Tag::kB}, {GUMBO_TAG_BASE, Tag::kBase}, {GUMBO_TAG_BLOCKQUOTE, Tag::kBlockquote},
    {GUMBO_TAG_BODY, Tag::kBody}, {GUMBO_TAG_BR, Tag::kBr}, {GUMBO_TAG_BUTTON, Tag::kButton},
    {GUMBO_TAG_CAPTION, Tag::kCaption}, {GUMBO_TAG_CENTER, Tag::kCenter}, {GUMBO_TAG_DD, Tag::kDd},
    {GUMBO_TAG_DETAILS, Tag::kDetails}, {GUMBO_TAG_DIV, Tag::kDiv}, {GUMBO_TAG_DL, Tag::kDl},
    {GUMBO_TAG_DT, Tag::kDt}, {GUMBO_TAG_EM, Tag::kEm}, {GUMBO_TAG_FIELDSET, Tag::kFieldset},
    {GUMBO_TAG_FONT, Tag::kFont}, {GUMBO_TAG_FOOTER, Tag::kFooter}, {GUMBO_TAG_FORM, Tag::kForm},
    {GUMBO_TAG_FRAME, Tag::kFrame}, {GUMBO_TAG_FRAMESET, Tag::kFrameset}, {GUMBO_TAG_H1, Tag::kH1},
    {GUMBO_TAG_H2, Tag::kH2}, {GUMBO_TAG_H3, Tag::kH3}, {GUMBO_TAG_H4, Tag::kH4}, {GUMBO_TAG_H5, Tag::kH5},
    {GUMBO_TAG_H6, Tag::kH6}, {GUMBO_TAG_HEAD, Tag::kHead}, {GUMBO_TAG_HEADER, Tag::kHeader},
    {GUMBO_TAG_HR, Tag::kHr}, {GUMBO_TAG_HTML, Tag::kHtml}, {GUMBO_TAG_I, Tag::kI},
    {GUMBO_TAG_IFRAME, Tag::kIframe}, {GUMBO_TAG_IMG, Tag::kImg}, {GUMBO_TAG_INPUT, Tag::kInput},
    {GUMBO_TAG_LABEL, Tag::kLabel}, {GUMBO_TAG_LEGEND, Tag::kLegend}, {GUMBO_TAG_LI, Tag::kLi},
    {GUMBO_TAG_LINK, Tag::kLink}, {GUMBO_TAG_MAIN, Tag::kMain}, {GUMBO_TAG_META, Tag::kMeta},
    {GUMBO_TAG_NAV, Tag::kNav}, {GUMBO_TAG_NOSCRIPT, Tag::kNoscript}, {GUMBO_TAG_OBJECT, Tag::kObject},
    {GUMBO_TAG_OL, Tag::kOl}, {GUMBO_TAG_OPTION, Tag::kOption}, {GUMBO_TAG_P, Tag::kP}, {GUMBO_TAG_PRE, Tag::kPre},
    {GUMBO_TAG_SCRIPT, Tag::kScript}, {GUMBO_TAG_SECTION, Tag::kSection}, {GUMBO_TAG_SELECT, Tag::kSelect},
    {GUMBO_TAG_SMALL, Tag::kSmall}, {GUMBO_TAG_SPAN, Tag::kSpan}, {GUMBO_TAG_STRONG, Tag::kStrong},
    {GUMBO_TAG_STYLE, Tag::kStyle}, {GUMBO_TAG_SUMMARY, Tag::kSummary}, {GUMBO_TAG_SVG, Tag::kSvg},
    {GUMBO_TAG_TABLE, Tag::kTable}, {GUMBO_TAG_TBODY, Tag::kTbody}, {GUMBO_TAG_TD, Tag::kTd},
    {GUMBO_TAG_TEMPLATE, Tag::kTemplate}, {GUMBO_TAG_TEXTAREA, Tag::kTextarea}, {GUMBO_TAG_TFOOT, Tag::kTfoot},
    {GUMBO_TAG_TH, Tag::kTh}, {GUMBO_TAG_THEAD, Tag::kThead}, {GUMBO_TAG_TITLE, Tag::kTitle},
    {GUMBO_TAG_TR, Tag::kTr}, {GUMBO_TAG_U, Tag::kU}, {GUMBO_TAG_UL, Tag::kUl}, {GUMBO_TAG_VIDEO, Tag::kVideo},
};
// clang-format on

using TagTable = std::array<Tag, GUMBO_TAG_LAST>;

TagTable MakeTagTable() {
  TagTable table;
  table.fill(Tag::kOther);
  for (const TagName& row : kTagNames) table[row.gumbo] = row.tag;
  return table;
}

Tag TagOf(GumboTag gumbo) {
  static const TagTable table = MakeTagTable();
  return gumbo < GUMBO_TAG_LAST ? table[gumbo] : Tag::kOther;
}

bool IsText(const GumboNode& node) {
  return node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_CDATA || node.type == GUMBO_NODE_WHITESPACE;
}

bool IsElement(const GumboNode& node) {
  return node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE;
}

}  // namespace

// Copies Gumbo's pointers into the flat tree, with a stack of its own.
class TreeBuilder final {
 public:
  explicit TreeBuilder(Tree& tree) : tree_(tree) {}

  void Copy(const GumboNode* root) {
    stack_.push_back({root, Add(*root, 0), 0});
    while (!stack_.empty()) {
      Place& place = stack_.back();
      const GumboVector& children = place.node->v.element.children;
      if (place.next_child == children.length) {
        tree_.nodes_[place.index].past = static_cast<NodeIndex>(tree_.nodes_.size());
        stack_.pop_back();
        continue;
      }
      const auto* child = static_cast<const GumboNode*>(children.data[place.next_child++]);
      if (!IsText(*child) && !IsElement(*child)) continue;
      const NodeIndex index = Add(*child, place.index);
      if (IsElement(*child)) stack_.push_back({child, index, 0});  // `place` is dead from here
    }
  }

 private:
  struct Place {
    const GumboNode* node;
    NodeIndex index;
    unsigned next_child;
  };

  NodeIndex Add(const GumboNode& from, NodeIndex parent) {
    const auto index = static_cast<NodeIndex>(tree_.nodes_.size());
    Node& node = tree_.nodes_.emplace_back();
    node.parent = parent;
    node.past = index + 1;
    if (IsText(from)) {
      node.tag = Tag::kText;
      node.text = from.v.text.text;
      SetRange(from.v.text.original_text, node.begin, node.end);
    } else {
      AddElement(from.v.element, node);
    }
    return index;
  }

  void AddElement(const GumboElement& from, Node& node) {
    node.tag = TagOf(from.tag);
    node.text = NameOf(from);
    SetRange(from.original_tag, node.begin, node.end);
    node.attributes_at = static_cast<std::uint32_t>(tree_.attributes_.size());
    node.attribute_count = from.attributes.length;
    for (unsigned i = 0; i < from.attributes.length; ++i) {
      const auto* attribute = static_cast<const GumboAttribute*>(from.attributes.data[i]);
      Attribute& copy = tree_.attributes_.emplace_back();
      copy.name = attribute->name;
      copy.value = attribute->value;
      SetRange(attribute->original_value, copy.begin, copy.end);
    }
  }

  static std::string_view NameOf(const GumboElement& from) {
    if (from.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(from.tag);
    GumboStringPiece name = from.original_tag;
    gumbo_tag_from_original_text(&name);
    return {name.data != nullptr ? name.data : "", name.length};
  }

  // Elements the parser made up have no place in the markup: {0, 0}.
  void SetRange(const GumboStringPiece& piece, std::uint32_t& begin, std::uint32_t& end) const {
    if (piece.data < tree_.markup_.data() ||
        piece.data + piece.length > tree_.markup_.data() + tree_.markup_.size()) {
      return;
    }
    begin = static_cast<std::uint32_t>(piece.data - tree_.markup_.data());
    end = begin + static_cast<std::uint32_t>(piece.length);
  }

  Tree& tree_;
  std::vector<Place> stack_;
};

Tree::Tree(std::string_view markup) : markup_(markup) {
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = [](void* arena, std::size_t size) { return static_cast<Arena*>(arena)->Take(size); };
  options.deallocator = [](void*, void*) {};  // the arena goes as a whole
  options.userdata = &arena_;
  options.max_errors = 0;  // error records made 117 KB of <span> take 3.1 GB
  const GumboOutput* output = gumbo_parse_with_options(&options, markup.data(), markup.size());
  if (output == nullptr || output->root == nullptr) std::abort();
  nodes_.reserve(markup.size() / 32 + 16);
  TreeBuilder(*this).Copy(output->root);
}

std::span<const Attribute> Tree::AttributesOf(const Node& node) const {
  return std::span(attributes_).subspan(node.attributes_at, node.attribute_count);
}

const Attribute* Tree::Find(const Node& node, std::string_view name) const {
  if (node.attribute_count == 0 || name.empty()) return nullptr;
  for (const Attribute& attribute : AttributesOf(node)) {  // most differ in their first letter
    if (attribute.name.size() == name.size() && attribute.name[0] == name[0] && attribute.name == name)
      return &attribute;
  }
  return nullptr;
}

std::string_view Tree::Value(const Node& node, std::string_view name) const {
  const Attribute* found = Find(node, name);
  return found == nullptr ? std::string_view() : found->value;
}

std::string Tree::TextBelow(NodeIndex index) const {
  std::string text;
  for (NodeIndex i = index; i < nodes_[index].past; ++i) {
    if (nodes_[i].tag == Tag::kText) text.append(nodes_[i].text);
  }
  return text;
}

}  // namespace nightjar::parse
