// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/shipping.h"

#include <algorithm>
#include <array>

#include "sandbox/extract/bulk_prices.h"
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
  // "Special delivery (1 day) - £9.90"
  if (const std::size_t open = name.find('('); age && money->begin > 0 && open != std::string_view::npos &&
                                               open > 0 && age->begin > open && age->end <= name.size())
    name = name.substr(0, open);
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
      if (row.lines.first < row.lines.past && !IsBulkPrice(at.layout.At(TextOf(at.layout, row.lines))) &&
          ReadOption(at, TextOf(at.layout, row.lines), fields))
        items.push_back(MakeItem(at, "shipping_option", row, fields));
    }
  }
}

// Does a short line just above the rows, or the heading over their names, speak of shipping?
bool IsAnnounced(const Surroundings& at, const RowGroup& group) {
  if (std::find(group.columns.begin(), group.columns.end(), "method") != group.columns.end()) return true;
  constexpr std::uint32_t kNear = 3;  // a heading, and the columns of a table between
  constexpr std::size_t kLongestHeading = 40;
  const std::uint32_t first = group.rows.front().lines.first;
  for (std::uint32_t i = first; i-- > 0 && first - i <= kNear;) {
    const std::string_view text = at.layout.At(at.layout.lines[i].range);
    if (at.money[i] || text.size() > kLongestHeading) return false;
    if (ContainsAny(text, kShippingWords)) return true;
  }
  return false;
}

// Name, time and price in cells of their own: the first line that is neither is the name.
bool ReadCells(const Surroundings& at, Lines lines, FieldList& fields) {
  for (std::uint32_t i = lines.first; i < lines.past; ++i) {
    const Range range = at.layout.lines[i].range;
    const std::string_view text = at.layout.At(range);
    const auto age = values::FindAge(text);
    if (at.money[i]) {
      if (!fields.Has("price")) fields.AddTyped("price", wire::FieldType::kMoney, range, 75, at.habits);
    } else if (age && (age->end - age->begin) * 2 >= text.size()) {
      if (!fields.Has("days")) fields.AddTyped("days", wire::FieldType::kDuration, range, 70, at.habits);
    } else if (!fields.Has("name")) {
      fields.Add({.name = "name", .value = std::string(text), .confidence = 75}, range);
    }
  }
  return fields.Has("name") && fields.Has("price");
}

// Rows with an amount and a name, below a word for shipping.
void ReadAnnouncedRows(const Surroundings& at, const RowGroup& group, std::vector<wire::Item>& items) {
  std::vector<wire::Item> found;
  constexpr std::uint32_t kMostLines = 4;
  for (const Row& row : group.rows) {
    const std::uint32_t size = row.lines.past - row.lines.first;
    const Range text = TextOf(at.layout, row.lines);
    if (size > kMostLines || text.end - text.begin > kLongestOption) continue;
    if (IsBulkPrice(at.layout.At(text)) || !LinksIn(at, row.lines).empty()) continue;
    FieldList fields(at.page, at.layout);
    const bool read = size == 1 ? ReadOption(at, text, fields) : ReadCells(at, row.lines, fields);
    if (read && fields.Has("name")) found.push_back(MakeItem(at, "shipping_option", row, fields));
  }
  if (found.size() * 2 < group.rows.size() || items.size() + found.size() > kMostOptions) return;
  std::move(found.begin(), found.end(), std::back_inserter(items));
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
    if (items.size() == before && IsAnnounced(at, group)) ReadAnnouncedRows(at, group, items);
    if (items.size() > before) taken.Take(group);
  }
  std::stable_sort(items.begin(), items.end(),
                   [](const wire::Item& a, const wire::Item& b) { return a.span.begin < b.span.begin; });
  return items;
}

}  // namespace nightjar::extract
