// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/shipping.h"

#include <algorithm>
#include <array>

#include "sandbox/extract/row_reader.h"
#include "sandbox/extract/words.h"
#include "sandbox/values/duration.h"

namespace nightjar::extract {
namespace {

constexpr std::size_t kLongestOption = 400;
constexpr std::size_t kMostOptions = 64;
constexpr std::array<std::string_view, 6> kShippingWords = {"shipping", "delivery",  "postage",
                                                            "versand",  "livraison", "доставк"};

// A name and what it costs, in one text: "Priority - 10 Day/s - 11.00 USD / 0.001 BTC".
bool ReadOption(const Surroundings& at, Range text, FieldList& fields) {
  const std::string_view printed = at.layout.At(text);
  const auto money = values::FindMoney(printed);
  if (!money || printed.size() > kLongestOption) return false;
  const auto age = values::FindAge(printed);
  const auto cut = [&](std::string_view name) {
    for (std::size_t at_dash = name.find(" - "); at_dash != std::string_view::npos;
         at_dash = name.find(" - ", at_dash + 1)) {
      const std::string_view rest = name.substr(at_dash + 3);
      if (rest.empty() || parse::IsDigit(rest.front())) return name.substr(0, at_dash);
    }
    return name;
  };
  std::string_view name =
      money->begin > 0 ? cut(printed.substr(0, money->begin)) : printed.substr(money->end);
  while (!name.empty() && std::string_view(" -:|(+/").find(name.back()) != std::string_view::npos)
    name.remove_suffix(1);
  while (!name.empty() && std::string_view(" -:|)+/").find(name.front()) != std::string_view::npos)
    name.remove_prefix(1);
  const std::size_t begin = static_cast<std::size_t>(name.data() - printed.data());
  const bool unnamed = name.empty() || (age && age->begin == begin);
  if (!unnamed) {
    fields.Add({.name = "name", .value = std::string(name), .confidence = 75},
               Part(text, begin, begin + name.size()));
  }
  fields.Add({.name = "price",
              .type = wire::FieldType::kMoney,
              .value = money->amount,
              .unit = money->currency,
              .confidence = 75},
             Part(text, money->begin, money->end));
  if (age && (unnamed || age->begin >= begin + name.size()))
    fields.AddTyped("days", wire::FieldType::kDuration, Part(text, age->begin, age->end), 70, at.habits);
  return true;
}

bool Has(const Tree& tree, NodeIndex below, Tag tag, std::string_view type) {
  for (NodeIndex i = below + 1; i < tree[below].past; ++i) {
    if (tree[i].tag == tag && parse::EqualsNoCase(tree.Value(tree[i], "type"), type)) return true;
  }
  return false;
}

// Menus near a word for shipping, or whose name says so: every entry with an amount.
void ReadMenus(const Surroundings& at, std::vector<wire::Item>& items) {
  const Tree& tree = *at.page.tree;
  for (NodeIndex i = 0; i < tree.nodes().size(); ++i) {
    if (tree[i].tag != Tag::kSelect) continue;
    const Lines lines = LinesBelow(tree, at.layout, i);
    const std::uint32_t before = lines.first > 3 ? lines.first - 3 : 0;
    const bool near =
        ContainsAny(tree.Value(tree[i], "name"), kShippingWords) ||
        ContainsAny(at.layout.At(TextOf(at.layout, {before, lines.first})).substr(0, kLongestOption),
                    kShippingWords);
    for (NodeIndex option = i + 1; near && option < tree[i].past && items.size() < kMostOptions; ++option) {
      if (tree[option].tag != Tag::kOption) continue;
      const Row row{option, LinesBelow(tree, at.layout, option)};
      FieldList fields(at.page, at.layout);
      if (row.lines.first < row.lines.past && ReadOption(at, TextOf(at.layout, row.lines), fields))
        items.push_back(MakeItem(at, "shipping_option", row, fields));
    }
  }
}

// Rows with a radio button, an amount and a name.
void ReadRows(const Surroundings& at, const RowGroup& group, std::vector<wire::Item>& items) {
  const Tree& tree = *at.page.tree;
  for (const Row& row : group.rows) {
    constexpr std::uint32_t kMostLines = 8;
    if (row.lines.past - row.lines.first > kMostLines || items.size() >= kMostOptions) continue;
    std::uint32_t priced = row.lines.first;
    while (priced < row.lines.past && !at.money[priced]) ++priced;
    if (priced == row.lines.past || !Has(tree, row.node, Tag::kInput, "radio")) continue;
    FieldList fields(at.page, at.layout);
    if (row.lines.past - row.lines.first == 1) {
      if (!ReadOption(at, TextOf(at.layout, row.lines), fields)) continue;
    } else {
      const std::uint32_t named = priced == row.lines.first ? priced + 1 : row.lines.first;
      const Range name = at.layout.lines[named].range;
      fields.Add({.name = "name", .value = std::string(at.layout.At(name)), .confidence = 75}, name);
      fields.AddTyped("price", wire::FieldType::kMoney, at.layout.lines[priced].range, 75, at.habits);
    }
    items.push_back(MakeItem(at, "shipping_option", row, fields));
  }
}

}  // namespace

std::vector<wire::Item> ReadShipping(const Surroundings& at, const std::vector<RowGroup>& groups) {
  std::vector<wire::Item> items;
  ReadMenus(at, items);
  Taken taken;
  for (const RowGroup& group : groups) {
    if (taken.Overlaps(group)) continue;
    const std::size_t before = items.size();
    ReadRows(at, group, items);
    if (items.size() > before) taken.Take(group);
  }
  std::stable_sort(items.begin(), items.end(),
                   [](const wire::Item& a, const wire::Item& b) { return a.span.begin < b.span.begin; });
  return items;
}

}  // namespace nightjar::extract
