// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/identify.h"

#include <array>
#include <set>

#include "sandbox/entities/elsewhere.h"
#include "sandbox/entities/entities.h"
#include "sandbox/parse/ascii.h"

namespace nightjar::extract {
namespace {

using parse::Attribute;
using parse::Node;

// Where in the page something stands that is no text of it.
struct Place {
  std::string_view words;  // for the note; empty for text
  bool hidden = false;
  wire::Span span;
};

class Names final {
 public:
  explicit Names(std::string_view own_host) : own_host_(own_host) {}

  void Add(entities::Found found, const Place& place) {
    // An onion in a link or a script is news unless it is the page's own.
    if (!place.words.empty() && found.kind == "onion" && own_host_.ends_with(found.value)) return;
    wire::Entity entity;
    entity.kind = found.kind;
    entity.value = std::move(found.value);
    entity.note = std::move(found.note);
    entity.confidence = found.confidence;
    entity.hidden = place.hidden;
    entity.span = place.span;
    if (!place.words.empty()) entity.note.append(entity.note.empty() ? "" : ", ").append(place.words);
    if (seen_.emplace(entity.kind, entity.value).second) all_.push_back(std::move(entity));
  }
  [[nodiscard]] bool Full() const { return all_.size() >= wire::kMaxEntities; }
  std::vector<wire::Entity> Take() { return std::move(all_); }

 private:
  std::string_view own_host_;
  std::set<std::pair<std::string, std::string>> seen_;
  std::vector<wire::Entity> all_;
};

bool IsTarget(std::string_view attribute) {
  constexpr std::array<std::string_view, 5> kTargets = {"href", "src", "action", "formaction", "data"};
  return std::ranges::find(kTargets, attribute) != kTargets.end();
}

// A field that shows its value.
bool ShowsItsValue(const Tree& tree, const Node& node) {
  return node.tag == Tag::kInput && !parse::EqualsNoCase(tree.Value(node, "type"), "hidden");
}

// Reads what stands around the text, in page order.
class MarkupReader final {
 public:
  MarkupReader(const parse::Page& page, const Visibility& visibility, Names& names)
      : page_(page), tree_(*page.tree), visibility_(visibility), names_(names) {}

  void Run() {
    for (NodeIndex i = 0; i < tree_.nodes().size() && left_ > 0 && !names_.Full(); ++i) {
      const Node& node = tree_[i];
      if (node.tag == Tag::kText && tree_[node.parent].tag == Tag::kScript) ReadScript(node);
      if (node.tag == Tag::kText) continue;
      for (const Attribute& attribute : tree_.AttributesOf(node)) ReadAttribute(i, attribute);
    }
  }

 private:
  // What is left of the budget.
  std::string_view Taken(std::string_view text) {
    const std::string_view taken = Utf8Prefix(text, left_);
    left_ -= taken.size();
    return taken;
  }

  void ReadAttribute(NodeIndex index, const Attribute& attribute) {
    constexpr std::size_t kShortest = 8;  // "a@b.org" stands in text
    const Node& node = tree_[index];
    const bool target = IsTarget(attribute.name);
    const bool value = attribute.name == "value" || attribute.name.starts_with("data-");
    const std::string_view text = parse::Trim(attribute.value);
    if ((!target && !value) || text.size() < kShortest || parse::StartsWithNoCase(text, "data:")) return;
    const bool shown = visibility_.Of(index) == Why::kSeen && (target || ShowsItsValue(tree_, node)) &&
                       !attribute.name.starts_with("data-");
    const Place place{target ? "in a link" : "in an attribute", !shown,
                      page_.SpanOf(attribute.begin, attribute.end)};
    const std::string_view read =
        Taken(Utf8Prefix(text, target ? entities::kLongestTarget : entities::kLongestValue));
    for (entities::Found& found : target ? entities::FindInTarget(read) : entities::FindInValue(read))
      names_.Add(std::move(found), place);
  }

  void ReadScript(const Node& node) {
    // Exact where the tree's characters are the markup's; else the whole script.
    const bool same = node.end - node.begin == node.text.size();
    for (entities::Found& found : entities::FindInScript(Taken(node.text))) {
      const wire::Span span = same ? page_.SpanOf(node.begin + found.begin, node.begin + found.end)
                                   : page_.SpanOf(node.begin, node.end);
      names_.Add(std::move(found), {"in a script", true, span});
    }
  }

  const parse::Page& page_;
  const Tree& tree_;
  const Visibility& visibility_;
  Names& names_;
  std::size_t left_ = kMostMarkup;
};

}  // namespace

std::vector<wire::Entity> Identify(const parse::Page& page, const Layout& layout,
                                   const Visibility& visibility, std::string_view own_host) {
  Names names(own_host);
  for (entities::Found& found : entities::FindEntities(layout.text)) {
    const Range markup = LocateInMarkup(*page.tree, layout, {found.begin, found.end});
    names.Add(std::move(found), {"", false, page.SpanOf(markup.begin, markup.end)});
  }
  for (entities::Found& found : entities::FindEntities(layout.hidden)) {
    const Range markup = LocateHiddenInMarkup(*page.tree, layout, {found.begin, found.end});
    names.Add(std::move(found), {"", true, page.SpanOf(markup.begin, markup.end)});
  }
  MarkupReader(page, visibility, names).Run();
  return names.Take();
}

std::vector<wire::Entity> Identify(const parse::Page& page, std::string_view text,
                                   std::string_view own_host) {
  Names names(own_host);
  for (entities::Found& found : entities::FindEntities(text)) names.Add(std::move(found), {"", false, {}});
  for (const parse::LinearLink& link : page.linear.links)
    for (entities::Found& found : entities::FindInTarget(link.href))
      names.Add(std::move(found), {"in a link", false, {}});
  return names.Take();
}

}  // namespace nightjar::extract
