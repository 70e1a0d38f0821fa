// SPDX-License-Identifier: Apache-2.0
#include "sandbox/style/cascade.h"

#include <algorithm>
#include <array>
#include <span>

#include "sandbox/parse/ascii.h"

namespace nightjar::style {
namespace {

using parse::Node;
using parse::NodeIndex;

// Steps of matching: what large honest pages need is below 20 for each element.
constexpr std::int64_t kStepsAtLeast = 200'000;
constexpr std::int64_t kStepsPerNode = 64;
constexpr std::size_t kMostWords = 32;  // classes of one element that are looked up

// importance, style attribute, specificity (24 bits), order (32 bits)
std::uint64_t PriorityOf(bool important, bool is_inline, std::uint32_t specificity, std::uint32_t order) {
  return (static_cast<std::uint64_t>(important) << 63) | (static_cast<std::uint64_t>(is_inline) << 62) |
         (static_cast<std::uint64_t>(specificity & 0xFFFFFF) << 32) | order;
}

}  // namespace

Cascade::Cascade(const parse::Tree& tree)
    : tree_(tree),
      selection_(tree, kStepsAtLeast + kStepsPerNode * static_cast<std::int64_t>(tree.nodes().size())) {
  std::size_t bytes = 0;
  for (NodeIndex i = 0; i < tree.nodes().size() && !sheet_.cut; ++i) {
    if (tree[i].tag != parse::Tag::kStyle || !MediaHolds(tree.Value(tree[i], "media"))) continue;
    const std::string text = tree.TextBelow(i);
    bytes += text.size();
    if (bytes > kMostSheetBytes) {
      sheet_.cut = true;
    } else {
      ReadSheet(text, sheet_);
    }
  }
  IndexRules();
}

void Cascade::IndexRules() {
  for (std::uint32_t i = 0; i < sheet_.rules.size(); ++i) {
    const css::Compound& last = sheet_.rules[i].selector.complex.steps.back().compound;
    if (!last.ids.empty()) {
      by_id_[last.ids.front()].push_back(i);
    } else if (!last.classes.empty()) {
      by_class_[last.classes.front()].push_back(i);
    } else if (!last.element.empty()) {
      by_type_[last.element].push_back(i);
    } else {
      any_.push_back(i);
    }
  }
}

void Cascade::Find(NodeIndex element, Styles& out) {
  found_.clear();
  inline_.clear();
  out.still.Clear();
  out.acts = false;
  const Node& node = tree_[element];
  if (HasRules()) {
    AddMatching(any_, element);
    if (!by_type_.empty()) AddMatching(by_type_, parse::Tree::NameOf(node), element);
    for (const parse::Attribute& attribute : tree_.AttributesOf(node)) {
      if (attribute.name == "id" && !by_id_.empty()) AddMatching(by_id_, attribute.value, element);
      if (attribute.name != "class" || by_class_.empty()) continue;
      AddClasses(attribute.value, element);
    }
  }
  if (const std::string_view style = tree_.Value(node, "style"); !style.empty()) AddInline(style);
  if (!found_.empty()) Settle(out);
}

void Cascade::AddClasses(std::string_view value, NodeIndex element) {
  std::array<std::string_view, kMostWords> words;
  std::size_t count = 0;
  for (std::string_view rest = parse::Trim(value); !rest.empty() && count < kMostWords;) {
    const std::size_t end = std::min(rest.find_first_of(" \t\r\n\f"), rest.size());
    const std::string_view word = rest.substr(0, end);
    const auto known = std::span(words).first(count);
    if (std::ranges::find(known, word) == known.end()) AddMatching(by_class_, word, element);
    words[count++] = word;
    rest = parse::Trim(rest.substr(end));
  }
}

void Cascade::AddMatching(const Index& index, std::string_view key, NodeIndex element) {
  if (const auto found = index.find(key); found != index.end()) AddMatching(found->second, element);
}

void Cascade::AddMatching(const Bucket& bucket, NodeIndex element) {
  for (const std::uint32_t order : bucket) {
    if (selection_.IsExhausted()) return;
    const Rule& rule = sheet_.rules[order];
    if (!selection_.Matches(rule.selector.complex, element)) continue;
    for (std::uint32_t i = rule.first; i < rule.past; ++i) {
      const Declaration& declaration = sheet_.declarations[i];
      found_.push_back({PriorityOf(declaration.important, false, rule.selector.specificity, order),
                        &declaration, rule.selector.on_action, rule.selector.on_own_action});
    }
    selection_.Charge(rule.past - rule.first);
  }
}

void Cascade::AddInline(std::string_view style) {
  ParseDeclarations(style, inline_);
  for (const Declaration& declaration : inline_) {
    found_.push_back({PriorityOf(declaration.important, true, 0, UINT32_MAX), &declaration, false, false});
  }
}

// The lowest first, so that each may overwrite the one before; equal ones (of one block) keep their order.
void Cascade::Settle(Styles& out) {
  std::ranges::stable_sort(found_, {}, &Found::priority);
  for (const Found& found : found_) {
    if (!found.on_action) out.still.Set(found.declaration->property, found.declaration->value);
  }
  for (const Found& found : found_) {
    const Property property = found.declaration->property;
    // Nobody can point at what is not there.
    const bool out_of_reach = property == Property::kDisplay || property == Property::kVisibility;
    if (!found.on_action || (found.on_own_action && out_of_reach)) continue;
    if (!out.acts) out.touched = out.still;
    out.acts = true;
    out.touched.Set(property, found.declaration->value);
  }
}

}  // namespace nightjar::style
