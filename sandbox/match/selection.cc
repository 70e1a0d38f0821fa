// SPDX-License-Identifier: Apache-2.0
#include "sandbox/match/selection.h"

#include <algorithm>

#include "sandbox/parse/folded.h"

namespace nightjar::match {
namespace {

using css::Combinator;
using parse::Node;
using parse::NodeIndex;

constexpr std::int64_t kBytesPerStep = 16;             // of text looked through
constexpr std::size_t kBytesOfAttributePerStep = 256;  // which are only compared

enum class Key : std::uint8_t { kElement, kClass, kId };

std::size_t BucketOf(Key key, std::string_view name, std::size_t buckets) {
  std::uint64_t hash = 0xcbf29ce484222325U ^ static_cast<std::uint64_t>(key);  // FNV-1a
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return (hash ^ (hash >> 32)) % buckets;
}

bool IsElement(const Node& node) { return node.tag != parse::Tag::kText; }

template <typename Visit>
void EachWord(std::string_view text, Visit visit) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    while (at < text.size() && !parse::IsSpace(text[at])) ++at;
    if (at > begin) visit(text.substr(begin, at - begin));
    ++at;
  }
}

// Is `wanted` one of the words, parted by white space, of `words`?
bool HasWord(std::string_view words, std::string_view wanted) {
  if (wanted.empty()) return false;
  for (std::size_t at = words.find(wanted); at != std::string_view::npos;
       at = words.find(wanted, at + wanted.size())) {
    const std::size_t past = at + wanted.size();
    if ((at == 0 || parse::IsSpace(words[at - 1])) && (past == words.size() || parse::IsSpace(words[past])))
      return true;
  }
  return false;
}

bool Compare(const css::AttributeTest& test, std::string_view value) {
  using How = css::AttributeTest::How;
  const std::string_view wanted = test.value;
  switch (test.how) {
    case How::kPresent:
      return true;
    case How::kEquals:
      return value == wanted;
    case How::kWord:
      return HasWord(value, wanted);
    case How::kDash:
      return value == wanted || (value.starts_with(wanted) && value.substr(wanted.size()).starts_with('-'));
    case How::kPrefix:
      return !wanted.empty() && value.starts_with(wanted);
    case How::kSuffix:
      return !wanted.empty() && value.ends_with(wanted);
    case How::kPart:
      return !wanted.empty() && value.find(wanted) != std::string_view::npos;
  }
  return false;
}

}  // namespace

Selection::Selection(const parse::Tree& tree, std::int64_t budget) : tree_(tree), budget_(budget) {}

bool Selection::Matches(const css::Complex& complex, NodeIndex node, NodeIndex scope) {
  return MatchesSteps(complex, complex.steps.size() - 1, node, scope);
}

const Selection::Sibling& Selection::SiblingOf(NodeIndex node) {
  if (siblings_.empty()) NumberSiblings();
  return siblings_[node];
}

std::string_view Selection::Charged(std::string_view value) {
  Charge(value.size() / kBytesOfAttributePerStep);
  return value;
}

void Selection::NumberSiblings() {
  siblings_.resize(tree_.nodes().size());
  std::vector<NodeIndex> last(tree_.nodes().size(), 0);  // last element child so far, by parent
  for (NodeIndex i = 0; i < siblings_.size(); ++i) {
    const Node& node = tree_[i];
    if (!IsElement(node)) continue;
    if (i == 0) {
      siblings_[i].number = 1;
      continue;
    }
    siblings_[i].before = last[node.parent];
    siblings_[i].number = last[node.parent] == 0 ? 1 : siblings_[last[node.parent]].number + 1;
    last[node.parent] = i;
  }
  for (NodeIndex i = 0; i < siblings_.size(); ++i) {
    if (!IsElement(tree_[i])) continue;
    const std::uint32_t count = i == 0 ? 1 : siblings_[last[tree_[i].parent]].number;
    siblings_[i].from_end = count - siblings_[i].number + 1;
  }
}

void Selection::BuildIndex() {
  for (NodeIndex i = 0; i < tree_.nodes().size(); ++i)
    if (IsElement(tree_[i])) elements_.push_back(i);
  std::vector<std::pair<std::uint32_t, NodeIndex>> entries;
  entries.reserve(2 * elements_.size());
  const auto add = [&](Key key, std::string_view name, NodeIndex node) {
    entries.emplace_back(static_cast<std::uint32_t>(BucketOf(key, name, kBuckets)), node);
  };
  for (const NodeIndex i : elements_) {
    add(Key::kElement, parse::Tree::NameOf(tree_[i]), i);
    for (const parse::Attribute& attribute : tree_.AttributesOf(tree_[i])) {
      if (attribute.name == "id") add(Key::kId, attribute.value, i);
      if (attribute.name == "class")
        EachWord(attribute.value, [&](std::string_view word) { add(Key::kClass, word, i); });
    }
  }
  ends_.fill(0);  // a counting sort, stable: nodes of a bucket stay in document order
  for (const auto& [bucket, node] : entries) ++ends_[bucket + 1];
  for (std::size_t b = 0; b < kBuckets; ++b) ends_[b + 1] += ends_[b];
  indexed_.resize(entries.size());
  std::array<std::uint32_t, kBuckets + 1> next = ends_;
  for (const auto& [bucket, node] : entries) indexed_[next[bucket]++] = node;
}

std::span<const NodeIndex> Selection::Candidates(const css::Compound& compound) const {
  std::size_t bucket = 0;
  if (!compound.ids.empty())
    bucket = BucketOf(Key::kId, compound.ids[0], kBuckets);
  else if (!compound.classes.empty())
    bucket = BucketOf(Key::kClass, compound.classes[0], kBuckets);
  else if (!compound.element.empty())
    bucket = BucketOf(Key::kElement, compound.element, kBuckets);
  else
    return elements_;
  return std::span(indexed_).subspan(ends_[bucket], ends_[bucket + 1] - ends_[bucket]);
}

Selection::Place Selection::PlaceOf(const css::Complex& complex, NodeIndex scope) const {
  const Combinator first = complex.steps.front().combinator;
  if (first == Combinator::kNext || first == Combinator::kLater)
    return {tree_[scope].past, scope == 0 ? tree_[scope].past : tree_[tree_[scope].parent].past};
  return {scope, tree_[scope].past};
}

template <typename Take>
void Selection::FindComplex(const css::Complex& complex, NodeIndex scope, Place within, Take take) {
  if (elements_.empty()) BuildIndex();
  const Place place = PlaceOf(complex, scope);
  const NodeIndex end = std::min(place.end, within.end);
  const css::Compound& last_compound = complex.steps.back().compound;
  const auto candidates = Candidates(last_compound);
  auto at = std::ranges::lower_bound(candidates, std::max(place.begin, within.begin));
  NodeIndex last = UINT32_MAX;  // a class written twice stands twice in the index
  for (; at != candidates.end() && *at < end && !IsExhausted(); ++at) {
    const bool itself = *at == scope && scope != 0 && !last_compound.scope;
    if (*at == last || itself || !MatchesSteps(complex, complex.steps.size() - 1, *at, scope)) continue;
    last = *at;
    if (!take(*at)) return;
  }
}

std::vector<NodeIndex> Selection::FindAll(const css::SelectorList& selectors, NodeIndex scope, Place within) {
  std::vector<NodeIndex> found;
  const auto take = [&](NodeIndex node) {
    found.push_back(node);
    return true;
  };
  for (const css::Complex& complex : selectors) FindComplex(complex, scope, within, take);
  if (selectors.size() > 1) {
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
  }
  return found;
}

std::optional<NodeIndex> Selection::FindFirst(const css::SelectorList& selectors, NodeIndex scope) {
  std::optional<NodeIndex> first;
  for (const css::Complex& complex : selectors) {
    // What stands behind the first of another selector is not looked at.
    FindComplex(complex, scope, {0, first.value_or(UINT32_MAX)}, [&](NodeIndex node) {
      first = node;
      return false;
    });
  }
  return first;
}

// Right to left: `node` for this step, then what its combinator allows for the step before it.
bool Selection::MatchesSteps(const css::Complex& complex, std::size_t step, NodeIndex node, NodeIndex scope) {
  if (!MatchesCompound(complex.steps[step].compound, node, scope)) return false;
  const Combinator combinator = complex.steps[step].combinator;
  const auto fits = [&](NodeIndex other) {  // before the first step stands the scope itself
    return step == 0 ? other == scope : MatchesSteps(complex, step - 1, other, scope);
  };
  switch (combinator) {
    case Combinator::kNone:
      return true;
    case Combinator::kChild:
      return node != 0 && fits(tree_[node].parent);
    case Combinator::kNext:
      return SiblingOf(node).before != 0 && fits(SiblingOf(node).before);
    case Combinator::kLater:
      for (NodeIndex n = SiblingOf(node).before; n != 0 && budget_ > 0; n = SiblingOf(n).before)
        if (fits(n)) return true;
      return false;
    case Combinator::kDescendant:
      for (NodeIndex n = node; n != 0 && budget_ > 0;) {
        n = tree_[n].parent;
        if (fits(n)) return true;
      }
      return false;
  }
  return false;
}

bool Selection::MatchesCompound(const css::Compound& compound, NodeIndex index, NodeIndex scope) {
  if (--budget_ <= 0) return false;
  const Node& node = tree_[index];
  if (compound.never || (compound.scope && index != scope) || (compound.root && index != 0)) return false;
  if (!compound.element.empty() && parse::Tree::NameOf(node) != compound.element) return false;
  if (compound.link && (node.tag != parse::Tag::kA || tree_.Find(node, "href") == nullptr)) return false;
  return MatchesNames(compound, node) && MatchesAttributes(compound, node) &&
         MatchesLists(compound, index, scope);
}

bool Selection::MatchesNames(const css::Compound& compound, const Node& node) {
  const auto is_id = [&](const std::string& id) { return tree_.Value(node, "id") == id; };
  if (!compound.ids.empty() && !std::ranges::all_of(compound.ids, is_id)) return false;
  if (compound.classes.empty()) return true;
  const std::string_view value = Charged(tree_.Value(node, "class"));
  return std::ranges::all_of(compound.classes, [&](const std::string& name) { return HasWord(value, name); });
}

bool Selection::MatchesAttributes(const css::Compound& compound, const Node& node) {
  return std::ranges::all_of(compound.attributes, [&](const css::AttributeTest& test) {
    const parse::Attribute* attribute = tree_.Find(node, test.name);
    if (attribute == nullptr) return false;
    if (!test.any_case) return Compare(test, Charged(attribute->value));
    css::AttributeTest lower = test;
    lower.value = parse::Lower(test.value);
    return Compare(lower, parse::Lower(Charged(attribute->value)));
  });
}

bool Selection::MatchesLists(const css::Compound& compound, NodeIndex node, NodeIndex scope) {
  for (const css::NthTest& test : compound.nth)
    if (!MatchesNth(test, node)) return false;
  if (compound.empty && !(tree_[node].past == node + 1)) return false;
  for (const std::string& text : compound.contains)
    if (!ContainsText(text, node)) return false;
  for (const css::SelectorList& list : compound.is_not)
    if (MatchesAny(list, node, scope)) return false;
  for (const css::SelectorList& list : compound.is_any)
    if (!MatchesAny(list, node, scope)) return false;
  return std::ranges::all_of(
      compound.has, [&](const css::SelectorList& list) { return FindFirst(list, node).has_value(); });
}

bool Selection::MatchesAny(const css::SelectorList& selectors, NodeIndex node, NodeIndex scope) {
  return std::ranges::any_of(selectors, [&](const css::Complex& complex) {
    return MatchesSteps(complex, complex.steps.size() - 1, node, scope);
  });
}

bool Selection::MatchesNth(const css::NthTest& test, NodeIndex node) {
  int number = static_cast<int>(test.from_end ? SiblingOf(node).from_end : SiblingOf(node).number);
  if (test.of_type) {
    const std::string_view name = parse::Tree::NameOf(tree_[node]);
    number = 1;
    const NodeIndex past = node == 0 ? 1 : tree_[tree_[node].parent].past;
    const auto counts = [&](NodeIndex n) {
      --budget_;
      return IsElement(tree_[n]) && parse::Tree::NameOf(tree_[n]) == name;
    };
    if (test.from_end) {
      for (NodeIndex n = tree_[node].past; n < past && budget_ > 0; n = tree_[n].past)
        number += counts(n) ? 1 : 0;
    } else {
      for (NodeIndex n = SiblingOf(node).before; n != 0 && budget_ > 0; n = SiblingOf(n).before)
        number += counts(n) ? 1 : 0;
    }
  }
  const int rest = number - test.b;
  return test.a == 0 ? rest == 0 : rest % test.a == 0 && rest / test.a >= 0;
}

bool Selection::ContainsText(const std::string& text, NodeIndex node) {
  const std::string below = parse::Folded(tree_.TextBelow(node));
  budget_ -= static_cast<std::int64_t>(below.size()) / kBytesPerStep;
  return below.find(text) != std::string::npos;
}

}  // namespace nightjar::match
