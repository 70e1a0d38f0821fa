// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/links.h"

#include <unordered_set>

#include "sandbox/extract/layout.h"
#include "sandbox/extract/marks.h"
#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

using parse::Node;

class LinkList final {
 public:
  LinkList(const Url& own, const Url& base) : own_(own.WithoutFragment()), base_(base) {}

  void Add(wire::LinkKind kind, std::string_view reference, std::string text = {}, std::string rel = {}) {
    const std::string_view target = parse::Trim(reference);
    if (links_.size() == wire::kMaxLinks || target.empty() || target.starts_with('#')) return;
    const auto url = Url::Parse(target, &base_);
    if (!url) return;  // another scheme, or nonsense
    std::string href = url->WithoutFragment();
    if (href.size() > wire::kMaxUrl || (kind == wire::LinkKind::kAnchor && href == own_)) return;
    if (!seen_.insert(static_cast<char>('0' + static_cast<int>(kind)) + href).second) return;
    links_.push_back({kind, std::move(href), std::move(text), std::move(rel)});
  }

  std::vector<wire::Link> Take() { return std::move(links_); }

 private:
  std::string own_;
  const Url& base_;
  std::unordered_set<std::string> seen_;
  std::vector<wire::Link> links_;
};

struct Refresh {
  int seconds = -1;
  std::string_view target;
};

// "5; url=/next" (WHATWG HTML section 4.2.5.3, in the small).
Refresh ParseRefresh(std::string_view content) {
  Refresh refresh;
  content = parse::Trim(content);
  std::size_t at = 0;
  while (at < content.size() && parse::IsDigit(content[at]) && at < 6) {
    refresh.seconds = std::max(refresh.seconds, 0) * 10 + (content[at++] - '0');
  }
  const std::size_t url = parse::FindNoCase(content, "url");
  if (url == std::string_view::npos) return refresh;
  std::string_view target = parse::Trim(content.substr(url + 3));
  if (target.starts_with('=')) target = parse::Trim(target.substr(1));
  const char quote = target.empty() ? '\0' : target.front();
  if (quote == '"' || quote == '\'') target = target.substr(1, target.find(quote, 1) - 1);
  refresh.target = target;
  return refresh;
}

void AddHeaders(const parse::Head& head, LinkList& links) {
  if (head.status >= 300 && head.status < 400) links.Add(wire::LinkKind::kRedirect, head.First("location"));
  links.Add(wire::LinkKind::kOnionLocation, head.First("onion-location"));
  links.Add(wire::LinkKind::kRefresh, ParseRefresh(head.First("refresh")).target);
}

// Without marks that nobody sees, like the page's text.
std::string TextOf(const Tree& tree, NodeIndex index) {
  wire::Marks uncounted;
  return Folded(WithoutMarks(tree.TextBelow(index), uncounted));
}

void AddElement(const Tree& tree, NodeIndex index, LinkList& links) {
  const Node& node = tree[index];
  switch (node.tag) {
    case Tag::kA:
      if (tree.Find(node, "href") != nullptr) {
        links.Add(wire::LinkKind::kAnchor, tree.Value(node, "href"), TextOf(tree, index),
                  Folded(tree.Value(node, "rel")));
      }
      break;
    case Tag::kArea:
      links.Add(wire::LinkKind::kAnchor, tree.Value(node, "href"), Folded(tree.Value(node, "alt")),
                Folded(tree.Value(node, "rel")));
      break;
    case Tag::kIframe:
    case Tag::kFrame:
      links.Add(wire::LinkKind::kFrame, tree.Value(node, "src"));
      break;
    case Tag::kMeta:
      if (parse::EqualsNoCase(tree.Value(node, "http-equiv"), "refresh")) {
        links.Add(wire::LinkKind::kRefresh, ParseRefresh(tree.Value(node, "content")).target);
      } else if (parse::EqualsNoCase(tree.Value(node, "http-equiv"), "onion-location")) {
        links.Add(wire::LinkKind::kOnionLocation, tree.Value(node, "content"));
      }
      break;
    default:
      break;
  }
}

}  // namespace

Url BaseOf(const parse::Page& page, const Url& own) {
  if (page.tree == nullptr) return own;
  for (const Node& node : page.tree->nodes()) {
    if (node.tag != Tag::kBase || page.tree->Find(node, "href") == nullptr) continue;
    const auto base = Url::Parse(parse::Trim(page.tree->Value(node, "href")), &own);
    return base ? *base : own;
  }
  return own;
}

std::vector<wire::Link> ReadLinks(const parse::Page& page, const Url& own, const Visibility* visibility) {
  const Url base = BaseOf(page, own);
  LinkList links(own, base);
  AddHeaders(page.head, links);
  for (const parse::LinearLink& link : page.linear.links)
    links.Add(wire::LinkKind::kAnchor, link.href, link.text);
  if (visibility == nullptr) return links.Take();
  const Tree& tree = *page.tree;
  for (NodeIndex i = 0; i < tree.nodes().size(); ++i) {
    if (visibility->Of(i) == Why::kSeen) AddElement(tree, i, links);
  }
  return links.Take();
}

int RefreshDelay(const Tree& tree) {
  for (const Node& node : tree.nodes()) {
    if (node.tag == Tag::kMeta && parse::EqualsNoCase(tree.Value(node, "http-equiv"), "refresh")) {
      return ParseRefresh(tree.Value(node, "content")).seconds;
    }
  }
  return -1;
}

}  // namespace nightjar::extract
