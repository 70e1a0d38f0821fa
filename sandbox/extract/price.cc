// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/price.h"

#include <algorithm>
#include <array>
#include <span>

#include "sandbox/extract/title.h"
#include "sandbox/extract/words.h"
#include "sandbox/values/money.h"

namespace nightjar::extract {
namespace {

constexpr std::array<std::string_view, 1> kPriceClasses = {"price"};

void AddMoney(const values::Money& money, Range within, std::uint8_t confidence, FieldList& fields) {
  fields.Add({.name = "price",
              .type = wire::FieldType::kMoney,
              .value = money.amount,
              .unit = money.currency,
              .confidence = confidence},
             Part(within, money.begin, money.end));
}

bool PriceFromLabel(const Surroundings& at, FieldList& fields) {
  const Pair* bare = nullptr;
  for (const Pair& pair : at.pairs) {
    if (pair.field != "price") continue;
    if (const auto money = values::FindMoney(at.layout.At(pair.value))) {
      AddMoney(*money, pair.value, pair.confidence, fields);
      return true;
    }
    if (bare == nullptr && values::FindAmount(at.layout.At(pair.value))) bare = &pair;
  }
  if (bare == nullptr) return false;
  AddMoney(*values::FindAmount(at.layout.At(bare->value)), bare->value, 50,
           fields);  // a number without a currency
  return true;
}

// schema.org microdata: the content attribute is exact where there is one.
bool PriceFromMicrodata(const Surroundings& at, FieldList& fields) {
  const Tree& tree = *at.page.tree;
  const parse::Attribute* amount = nullptr;
  std::string_view currency;
  for (const parse::Node& node : tree.nodes()) {
    const std::string_view property =
        node.attribute_count == 0 ? std::string_view() : tree.Value(node, "itemprop");
    if (property == "price" && amount == nullptr) amount = tree.Find(node, "content");
    if (property == "priceCurrency") currency = values::CurrencyOf(tree.Value(node, "content"));
  }
  if (amount == nullptr || currency.empty()) return false;
  auto exact = values::ExactDecimal(parse::Trim(amount->value));
  if (!exact) return false;
  fields.AddFromAttribute({.name = "price",
                           .type = wire::FieldType::kMoney,
                           .value = std::move(*exact),
                           .unit = currency,
                           .confidence = 95},
                          *amount);
  return true;
}

bool HasClass(const Tree& tree, const Layout& layout, const Line& line,
              std::span<const std::string_view> words) {
  for (std::uint32_t run = line.first_run; run < line.past_run; ++run) {
    NodeIndex node = layout.runs[run].node;
    for (int steps = 0; steps < 2; ++steps) {
      node = tree[node].parent;
      const std::string_view name = tree.Value(tree[node], "class");
      if (std::any_of(words.begin(), words.end(), [&](std::string_view word) {
            return parse::FindNoCase(name, word) != std::string_view::npos;
          })) {
        return true;
      }
    }
  }
  return false;
}

// Without a label: a line of class "price", else a line soon after the title that is little else than an
// amount.
bool PriceFromShape(const Surroundings& at, FieldList& fields) {
  const auto headline = FindHeadline(*at.page.tree, at.layout, at.page_title);
  const std::uint32_t from = headline ? headline->line + 1 : 0;
  constexpr std::uint32_t kNear = 12;
  for (const bool by_class : {true, false}) {
    for (std::uint32_t i = from; i < at.layout.lines.size() && (by_class || i < from + kNear); ++i) {
      const Line& line = at.layout.lines[i];
      if (line.navigation || line.control) continue;
      const std::string_view text = at.layout.At(line.range);
      const auto& money = at.money[i];
      if (!money) continue;
      const bool fits = by_class ? HasClass(*at.page.tree, at.layout, line, kPriceClasses)
                                 : (money->end - money->begin) * 2 >= text.size();
      if (!fits) continue;
      AddMoney(*money, line.range, by_class ? 75 : 50, fields);
      return true;
    }
  }
  return false;
}

}  // namespace

void ReadPrice(const Surroundings& at, FieldList& fields) {
  (void)(PriceFromMicrodata(at, fields) || PriceFromLabel(at, fields) || PriceFromShape(at, fields));
}

}  // namespace nightjar::extract
