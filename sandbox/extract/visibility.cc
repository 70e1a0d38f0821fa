// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/visibility.h"

#include <algorithm>
#include <iterator>

#include "sandbox/extract/look.h"
#include "sandbox/parse/ascii.h"

namespace nightjar::extract {
namespace {

using parse::Node;
using parse::NodeIndex;
using parse::Tag;
using parse::Tree;
using style::Property;
using style::Styles;
using style::Unit;
using style::Value;

constexpr std::string_view kNames[] = {
    "seen",    "hidden-attribute", "display-none", "invisible",   "transparent", "tiny",
    "no-size", "off-screen",       "clipped",      "transformed", "same-colour", "covered"};

// Does the page load rules that are not its own?
bool HasExternalSheets(const Tree& tree) {
  return std::ranges::any_of(tree.nodes(), [&](const Node& node) {
    return node.tag == Tag::kLink &&
           parse::FindNoCase(tree.Value(node, "rel"), "stylesheet") != std::string_view::npos;
  });
}

// The browser's own rules, weaker than any of the page's.
Why DefaultOf(const Tree& tree, const Node& node) {
  if (tree.Find(node, "hidden") != nullptr) return Why::kHiddenAttribute;
  const bool dialog = node.tag == Tag::kOther && Tree::NameOf(node) == "dialog";
  return dialog && tree.Find(node, "open") == nullptr ? Why::kDisplayNone : Why::kSeen;
}

// A positioned box that the page gives in full.
struct Cover {
  NodeIndex parent = 0, element = 0;
  std::array<Value, 4> box;
};

class Watcher final {
 public:
  Watcher(const Tree& tree, std::vector<Why>& why)
      : tree_(tree), why_(why), cascade_(tree), looks_{{RootLook(!HasExternalSheets(tree)), 0}} {}

  void Run() {
    looks_.front().past = static_cast<NodeIndex>(tree_.nodes().size());
    for (NodeIndex i = 0; i < tree_.nodes().size();) i = Visit(i);
  }

  [[nodiscard]] bool Exhausted() const { return cascade_.Exhausted(); }

 private:
  struct Level {
    Look look;
    NodeIndex past = 0;
  };

  NodeIndex Visit(NodeIndex index) {
    while (looks_.back().past <= index) looks_.pop_back();
    const Node& node = tree_[index];
    if (node.tag == Tag::kText) {
      why_[index] = why_[node.parent];
      return index + 1;
    }
    const Look& parent = looks_.back().look;
    if (node.attribute_count == 0 && !cascade_.HasRules() && !HasOwnDefaults(node)) {
      why_[index] = WhyOf(parent);
      return index + 1;
    }
    Look look;
    why_[index] = WhyOfElement(index, parent, look);
    if (look.box != Why::kSeen) {
      std::fill(why_.begin() + index, why_.begin() + node.past, why_[index]);
      return node.past;
    }
    if (node.past > index + 1) looks_.push_back({look, node.past});
    return index + 1;
  }

  // Elements that look different from their parents without any attribute or rule.
  static bool HasOwnDefaults(const Node& node) {
    return node.tag == Tag::kOther || node.tag == Tag::kA || node.tag == Tag::kButton ||
           node.tag == Tag::kTextarea || node.tag == Tag::kSelect;
  }

  // `look`: what elements below inherit. Where an action shows the element, they are as it shows them.
  Why WhyOfElement(NodeIndex index, const Look& parent, Look& look) {
    const Node& node = tree_[index];
    cascade_.Find(index, styles_);
    look = LookOf(tree_, node, styles_.still, parent);
    const Why default_why = DefaultOf(tree_, node);
    if (default_why != Why::kSeen && look.box == Why::kSeen && !styles_.still.Has(Property::kDisplay)) {
      look.box = default_why;
    }
    Why why = WhyOf(look);
    if (why == Why::kSeen) NoteCover(index);
    if (why == Why::kSeen || !styles_.acts) return why;
    const Look touched = LookOf(tree_, node, styles_.touched, parent);
    if (WhyOf(touched) != Why::kSeen) return why;
    if (default_why != Why::kSeen && !styles_.touched.Has(Property::kDisplay)) return why;
    look = touched;
    return Why::kSeen;
  }

  // A later sibling with an opaque background on exactly the same box hides the earlier one.
  void NoteCover(NodeIndex index) {
    if (styles_.still.Code(Property::kPosition, 0) < 2) return;
    Cover cover{tree_[index].parent, index, {}};
    std::size_t known = 0;
    for (const Property side : {Property::kLeft, Property::kTop, Property::kWidth, Property::kHeight}) {
      cover.box[known] = styles_.still.Of(side);
      if (cover.box[known++].unit == Unit::kUnknown) return;
    }
    if (styles_.still.Has(Property::kLayer)) return;  // another order than the page's
    const Value back = styles_.still.Of(Property::kBackground);
    const bool opaque =
        back.unit == Unit::kColour && (static_cast<std::uint32_t>(back.number) & 0xFF) == 0xFF;
    if (opaque && last_box_.parent == cover.parent && last_box_.box == cover.box) {
      const NodeIndex covered = last_box_.element;
      std::fill(why_.begin() + covered, why_.begin() + tree_[covered].past, Why::kCovered);
    }
    last_box_ = cover;
  }

  const Tree& tree_;
  std::vector<Why>& why_;
  style::Cascade cascade_;
  std::vector<Level> looks_;
  Styles styles_;
  Cover last_box_;
};

}  // namespace

std::string_view WhyName(Why why) { return kNames[static_cast<std::size_t>(why)]; }

Visibility::Visibility(const Tree& tree) : tree_(tree), why_(tree.nodes().size(), Why::kSeen) {
  Watcher watcher(tree, why_);
  watcher.Run();
  incomplete_ = watcher.Exhausted();
}

}  // namespace nightjar::extract
