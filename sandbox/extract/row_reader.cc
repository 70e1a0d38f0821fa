// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/row_reader.h"

#include <algorithm>
#include <array>

#include "sandbox/extract/labels.h"
#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

bool IsButtonWord(std::string_view text) {
  constexpr std::array<std::string_view, 22> kWords = {
      "buy",     "buy now", "purchase",  "order",       "order now", "view",   "view item", "view listing",
      "details", "more",    "more info", "add to cart", "report",    "edit",   "reply",     "quote",
      "info",    "open",    "kaufen",    "купить",      "acheter",   "comprar"};
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return parse::EqualsNoCase(text, word); });
}

}  // namespace

std::vector<RowLink> LinksIn(const Surroundings& at, Lines lines) {
  const Tree& tree = *at.page.tree;
  std::vector<RowLink> links;
  for (std::uint32_t i = lines.first; i < lines.past; ++i) {
    const Line& line = at.layout.lines[i];
    if (line.navigation || line.control) continue;
    for (std::uint32_t r = line.first_run; r < line.past_run; ++r) {
      const Run& run = at.layout.runs[r];
      const NodeIndex link = LinkAround(tree, run.node);
      const parse::Attribute* href = link == 0 ? nullptr : tree.Find(tree[link], "href");
      if (href == nullptr || href->value.empty() || href->value.starts_with('#')) continue;
      const auto found = std::find_if(links.begin(), links.end(),
                                      [&](const RowLink& known) { return known.href->value == href->value; });
      const bool button = IsButtonWord(at.layout.At(run.range));
      if (found == links.end()) {
        if (links.size() < kMostLinks) links.push_back({href, button ? Range{} : run.range, 1, i});
        continue;
      }
      ++found->times;
      if (button || run.range.end - run.range.begin <= found->text.end - found->text.begin) continue;
      found->text = run.range;
      found->line = i;
    }
  }
  return links;
}

void AddLabelled(const Surroundings& at, Lines lines, std::initializer_list<std::string_view> without,
                 FieldList& fields) {
  for (const Pair& pair : PairsIn(at, lines)) {
    if (std::find(without.begin(), without.end(), pair.field) != without.end() || fields.Has(pair.field))
      continue;
    fields.AddTyped(pair.field, TypeOfField(pair.field), pair.value, pair.confidence, at.habits);
  }
}

wire::Item MakeItem(const Surroundings& at, std::string_view kind, const Row& row, FieldList& fields) {
  const Tree& tree = *at.page.tree;
  const parse::Node& node = tree[row.node];
  const bool last = node.past >= tree.nodes().size();
  const std::uint32_t end = last ? static_cast<std::uint32_t>(tree.markup().size()) : tree[node.past].begin;
  return {std::string(kind), at.page.SpanOf(node.begin, std::max(node.begin, end)), fields.Take()};
}

bool Taken::Overlaps(const RowGroup& group) const {
  return std::any_of(group.rows.begin(), group.rows.end(), [&](const Row& row) {
    const auto after = taken_.lower_bound(row.lines.past);
    return after != taken_.begin() && std::prev(after)->second > row.lines.first;
  });
}

void Taken::Take(const RowGroup& group) {
  for (const Row& row : group.rows) taken_.emplace(row.lines.first, row.lines.past);
}

}  // namespace nightjar::extract
