// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/offers.h"

#include <algorithm>
#include <array>

#include "sandbox/extract/labels.h"
#include "sandbox/extract/row_reader.h"
#include "sandbox/extract/short_lines.h"
#include "sandbox/extract/vendor.h"
#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

constexpr std::uint32_t kMostPrices = 8;   // lines with an amount in one offer; more is a table of its own
constexpr std::uint32_t kMostLines = 120;  // of one offer; what is longer holds many things
constexpr std::size_t kLongestTitle = 300;
constexpr std::array<std::string_view, 6> kPlaceWords = {
    "category", "cat=", "cid=", "/c/", "section", "report"};

struct Found {
  Range range;
  values::Money money;
};

class OfferReader final {
 public:
  OfferReader(const Surroundings& at, const RowGroup& group) : at_(at), group_(group) {}

  // The fields of the row as an offer; empty where it is none.
  [[nodiscard]] FieldList Read(const Row& row) const {
    FieldList fields(at_.page, at_.layout);
    if (row.lines.past - row.lines.first > kMostLines) return fields;
    const std::uint32_t priced = PricedLines(row.lines);
    if (priced == 0 || priced > kMostPrices) return fields;
    const std::vector<RowLink> links = LinksIn(at_, row.lines);
    const RowLink* title = TitleOf(row, links);
    if (title == nullptr) return fields;
    const auto price = PriceOf(row, *title);
    if (!price) return fields;
    AddTitle(*title, fields);
    fields.Add({.name = "price",
                .type = wire::FieldType::kMoney,
                .value = price->money.amount,
                .unit = price->money.currency,
                .confidence = 75},
               price->range);
    AddVendor(row, fields);
    AddLabelled(at_, row.lines, {"price", "vendor", "username", "contact"}, fields);
    for (const std::string_view column : group_.columns) AddColumn(row, column, fields);
    ReadShortLines(at_, row.lines, fields);
    return fields;
  }

 private:
  [[nodiscard]] std::uint32_t PricedLines(Lines lines) const {
    std::uint32_t priced = 0;
    for (std::uint32_t i = lines.first; i < lines.past && priced <= kMostPrices; ++i)
      priced += at_.money[i] ? 1 : 0;
    return priced;
  }

  [[nodiscard]] bool Inside(Range inner, Range outer) const {
    return outer.begin <= inner.begin && inner.end <= outer.end;
  }

  // The link with most to say, to where the row links most; never a price, a profile or a category.
  [[nodiscard]] const RowLink* TitleOf(const Row& row, const std::vector<RowLink>& links) const {
    const Range column = CellOf(*at_.page.tree, at_.layout, group_, row, "title");
    const RowLink* best = nullptr;
    std::uint32_t best_score = 0;
    for (const RowLink& link : links) {
      const std::string_view text = at_.layout.At(link.text);
      if (text.size() < 2 && !(column.end > 0 && Inside(link.text, column))) continue;
      if (text.empty() || text.size() > kLongestTitle || ContainsAny(link.href->value, kPlaceWords)) continue;
      const auto money = values::FindMoney(text);
      if (money && (money->end - money->begin) * 3 >= text.size() * 2) continue;
      std::uint32_t score = 1 + static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), 60)) +
                            20 * std::min(link.times, 4U);
      if (column.end > 0 && Inside(link.text, column)) score += 200;
      if (IsProfileLink(link.href->value)) score /= 8;
      if (score > best_score) best = &link;
      best_score = std::max(score, best_score);
    }
    return best;
  }

  // Beside a label; in a column; else the first line that is mostly an amount; else the first amount outside
  // the title.
  [[nodiscard]] std::optional<Found> PriceOf(const Row& row, const RowLink& title) const {
    for (const Pair& pair : PairsIn(at_, row.lines)) {
      if (pair.field != "price") continue;
      if (auto found = MoneyIn(pair.value)) return found;
    }
    if (auto found = MoneyIn(CellOf(*at_.page.tree, at_.layout, group_, row, "price"))) return found;
    std::optional<Found> any;
    for (std::uint32_t i = row.lines.first; i < row.lines.past; ++i) {
      if (!at_.money[i]) continue;
      auto found = MoneyOutside(at_.layout.lines[i].range, title.text);
      if (!found) continue;
      const Range line = at_.layout.lines[i].range;
      if ((found->range.end - found->range.begin) * 2 >= line.end - line.begin) return found;
      if (!any) any = std::move(found);
    }
    return any;
  }

  [[nodiscard]] std::optional<Found> MoneyIn(Range range) const { return MoneyOutside(range, {}); }

  [[nodiscard]] std::optional<Found> MoneyOutside(Range range, Range title) const {
    std::size_t from = 0;
    if (Inside(title, range) && title.end > 0) {
      // Before the title, else after it.
      const Range before{range.begin, title.begin};
      if (auto money = values::FindMoney(at_.layout.At(before)))
        return Found{Part(before, money->begin, money->end), *money};
      from = title.end - range.begin;
    }
    auto money = values::FindMoney(at_.layout.At(range), from);
    if (!money) return std::nullopt;
    const Range place = Part(range, money->begin, money->end);
    return Found{place, std::move(*money)};
  }

  void AddTitle(const RowLink& title, FieldList& fields) const {
    fields.Add({.name = "title", .value = std::string(at_.layout.At(title.text)), .confidence = 75},
               title.text);
    fields.AddFromAttribute({.name = "link",
                             .type = wire::FieldType::kLink,
                             .value = std::string(title.href->value),
                             .confidence = 75},
                            *title.href);
  }

  void AddVendor(const Row& row, FieldList& fields) const {
    const auto named = FindVendor(at_, row.lines);
    if (!named) return;
    fields.Add(
        {.name = "vendor", .value = std::string(at_.layout.At(named->name)), .confidence = named->confidence},
        named->name);
  }

  void AddColumn(const Row& row, std::string_view column, FieldList& fields) const {
    // How many there are, over a list of different things.
    const std::string_view field = column == "quantity" ? "stock" : column;
    if (column.empty() || column == "title" || column == "price" || fields.Has(field)) return;
    const Range cell = TrimIn(at_.layout, CellOf(*at_.page.tree, at_.layout, group_, row, column));
    if (cell.begin < cell.end && cell.end - cell.begin <= kLongestTitle)
      fields.AddTyped(field, TypeOfField(field), cell, 85, at_.habits);
  }

  const Surroundings& at_;
  const RowGroup& group_;
};

}  // namespace

std::vector<wire::Item> ReadOffers(const Surroundings& at, const std::vector<RowGroup>& groups) {
  std::vector<wire::Item> offers;
  Taken taken;
  for (const RowGroup& group : groups) {
    const bool headed = std::find(group.columns.begin(), group.columns.end(), "title") != group.columns.end();
    if ((group.rows.size() < 2 && !headed) || taken.Overlaps(group)) continue;
    const OfferReader reader(at, group);
    std::vector<wire::Item> found;
    for (const Row& row : group.rows) {
      FieldList fields = reader.Read(row);
      if (!fields.fields().empty()) found.push_back(MakeItem(at, "offer", row, fields));
    }
    if (found.size() < (headed ? 1U : 2U) || found.size() * 2 < group.rows.size()) continue;
    taken.Take(group);
    std::move(found.begin(), found.end(), std::back_inserter(offers));
  }
  std::stable_sort(offers.begin(), offers.end(),
                   [](const wire::Item& a, const wire::Item& b) { return a.span.begin < b.span.begin; });
  return offers;
}

}  // namespace nightjar::extract
