// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/propose.h"

#include <algorithm>
#include <optional>
#include <set>

#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

using parse::NodeIndex;

constexpr int kMostSteps = 4;

// Generated names ("css-1x2y3", "item_83163") say nothing about the next page.
bool IsTelling(std::string_view name) {
  if (name.empty() || parse::IsDigit(name.front())) return false;
  const bool plain = std::ranges::all_of(
      name, [](char c) { return parse::IsAlpha(c) || parse::IsDigit(c) || c == '-' || c == '_'; });
  return plain && std::ranges::count_if(name, parse::IsDigit) <= 2;
}

std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && !parse::IsSpace(text[end])) ++end;
    if (end > at && IsTelling(text.substr(at, end - at))) words.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

class Proposer final {
 public:
  Proposer(const parse::Page& page, match::Selection& selection)
      : page_(page), tree_(*page.tree), selection_(selection) {
    for (NodeIndex i = 0; i < tree_.nodes().size(); ++i)
      places_.emplace_back(page.SpanOf(tree_[i].begin, tree_[i].end), i);
    std::ranges::stable_sort(places_, {}, [](const auto& place) { return place.first.begin; });
  }

  struct Element {
    NodeIndex node = 0;
    std::string attribute;  // where the value stands in one
  };

  // The innermost element whose text, or whose start tag, holds the place.
  std::optional<Element> At(const wire::Span& span) const {
    auto place =
        std::ranges::upper_bound(places_, span.begin, {}, [](const auto& one) { return one.first.begin; });
    while (place != places_.begin()) {
      --place;
      if (place->first.end <= span.begin) continue;
      if (tree_[place->second].tag == parse::Tag::kText) return Element{tree_[place->second].parent, {}};
      for (const parse::Attribute& attribute : tree_.AttributesOf(tree_[place->second]))
        if (page_.SpanOf(attribute.begin, attribute.end).begin <= span.begin &&
            span.end <= page_.SpanOf(attribute.begin, attribute.end).end)
          return Element{place->second, std::string(attribute.name)};
      return std::nullopt;
    }
    return std::nullopt;
  }

  // A selector that finds the element first below `scope`, in as few steps as it takes.
  std::string SelectorFor(NodeIndex element, NodeIndex scope) {
    std::string selector;
    NodeIndex node = element;
    for (int step = 0; step < kMostSteps && node != scope; ++step, node = tree_[node].parent) {
      std::string longer = Described(node);
      if (!selector.empty()) longer.append(" > ").append(selector);
      selector = std::move(longer);
      if (Finds(selector, element, scope)) return selector;
      if (node == 0) break;
    }
    return {};
  }

  // The element that holds all of a row: the one whose start tag begins it, else around its text.
  NodeIndex RowAt(const wire::Span& span) const {
    const auto tag = std::ranges::find_if(places_, [&](const auto& place) {
      return place.first.begin == span.begin && tree_[place.second].tag != parse::Tag::kText;
    });
    if (tag != places_.end()) return tag->second;
    const auto first = At({span.begin, span.begin + 1});
    NodeIndex node = first ? first->node : 0;
    while (node != 0 && EndOf(node) < span.end) node = tree_[node].parent;
    return node;
  }

  // One selector for all rows: the name and classes that they share, below their first one's parent.
  std::string SelectorForRows(const std::vector<NodeIndex>& rows) {
    if (rows.empty() || rows.front() == 0) return {};
    std::string selector(parse::Tree::NameOf(tree_[rows.front()]));
    std::vector<std::string> shared = WordsOf(tree_.Value(tree_[rows.front()], "class"));
    for (const NodeIndex row : rows) {
      const auto words = WordsOf(tree_.Value(tree_[row], "class"));
      std::erase_if(shared,
                    [&](const std::string& word) { return std::ranges::find(words, word) == words.end(); });
    }
    for (const std::string& word : shared) selector += "." + word;
    const NodeIndex parent = tree_[rows.front()].parent;
    for (const std::string& one : {selector, Described(parent) + " > " + selector})
      if (CountOf(one) == rows.size()) return one;
    return Described(parent) + " > " + selector;
  }

 private:
  std::string Described(NodeIndex node) const {
    if (const std::string_view id = tree_.Value(tree_[node], "id"); IsTelling(id))
      return "#" + std::string(id);
    std::string described(parse::Tree::NameOf(tree_[node]));
    for (const std::string& word : WordsOf(tree_.Value(tree_[node], "class"))) described += "." + word;
    return described;
  }

  bool Finds(const std::string& selector, NodeIndex element, NodeIndex scope) {
    const auto parsed = css::ParseSelector(selector);
    return parsed && selection_.FindFirst(*parsed, scope) == element;
  }

  std::size_t CountOf(const std::string& selector) {
    const auto parsed = css::ParseSelector(selector);
    return parsed ? selection_.FindAll(*parsed).size() : 0;
  }

  std::uint32_t EndOf(NodeIndex node) const {
    const parse::Node& last = tree_[tree_[node].past - 1];
    return page_.SpanOf(last.begin, last.end).end;
  }

  const parse::Page& page_;
  const parse::Tree& tree_;
  match::Selection& selection_;
  std::vector<std::pair<wire::Span, NodeIndex>> places_;  // by where they begin in the body
};

void Say(wire::Facts& facts, std::string name, std::string selector) {
  if (!selector.empty()) facts.statements.push_back({"proposal", std::move(name), std::move(selector)});
}

void ProposeFields(Proposer& proposer, const std::vector<wire::Field>& fields, const std::string& prefix,
                   NodeIndex scope, wire::Facts& facts) {
  std::set<std::string> named;
  for (const wire::Field& field : fields) {
    if (field.span.end == 0 || !named.insert(field.name).second) continue;
    const auto element = proposer.At(field.span);
    if (!element) continue;
    std::string selector = proposer.SelectorFor(element->node, scope);
    if (!selector.empty() && !element->attribute.empty()) selector += " @" + element->attribute;
    Say(facts, prefix + field.name, std::move(selector));
  }
}

}  // namespace

void Propose(const parse::Page& page, match::Selection& selection, wire::Facts& facts) {
  Proposer proposer(page, selection);
  facts.statements.clear();  // room for what was asked for
  ProposeFields(proposer, facts.fields, "field.", 0, facts);
  std::set<std::string> kinds;
  for (const wire::Item& first : facts.items) {
    if (!kinds.insert(first.kind).second) continue;
    std::vector<NodeIndex> rows;
    for (const wire::Item& item : facts.items)
      if (item.kind == first.kind) rows.push_back(proposer.RowAt(item.span));
    const std::string selector = proposer.SelectorForRows(rows);
    if (selector.empty()) continue;
    Say(facts, "item." + first.kind, selector);
    ProposeFields(proposer, first.fields, "item." + first.kind + ".", rows.front(), facts);
  }
}

}  // namespace nightjar::extract
