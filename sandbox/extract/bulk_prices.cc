// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/bulk_prices.h"

#include <algorithm>
#include <array>

#include "sandbox/extract/row_reader.h"
#include "sandbox/values/letters.h"

namespace nightjar::extract {
namespace {

constexpr std::size_t kLongestRow = 120;
constexpr std::size_t kMostRows = 64;
constexpr std::uint32_t kMostLines = 4;

// clang-format off
constexpr auto kUnits = std::to_array<std::string_view>({
    "g", "gr", "gram", "grams", "gramm", "kg", "kilo", "kilos", "mg", "oz", "ounce", "ounces", "lb", "lbs", "ml", "l", "liter", "liters", "litre", "litres", "cl",
    "x", "pc", "pcs", "piece", "pieces", "unit", "units", "item", "items", "pill", "pills", "tab", "tabs", "tablet", "tablets", "cap", "caps", "capsule", "capsules", "blotter", "blotters",
    "pack", "packs", "package", "packages", "box", "boxes", "bag", "bags", "bottle", "bottles", "vial", "vials", "set", "sets", "pair", "pairs", "copy", "copies", "card", "cards", "account", "accounts",
    "key", "keys", "month", "months", "year", "years", "stück", "stk", "packung", "pièce", "pièces", "pieza", "piezas", "unidad", "unidades", "г", "гр", "кг", "мг", "мл", "л", "шт", "штук"});
// What may follow the price in such a row.
constexpr auto kAfterPrice = std::to_array<std::string_view>({
    "", "each", "per unit", "per piece", "per item", "per gram", "/g", "/gram", "/unit", "/piece", "/pc", "/each", "ea", "pro stück", "buy", "order", "add to cart", "select"});
// clang-format on

std::size_t SkipBlanks(std::string_view text, std::size_t at) { return values::SkipBlanks(text, at); }

// Past a number with its separators; `at` where there is none.
std::size_t NumberEnd(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  while (at < text.size() &&
         (parse::IsDigit(text[at]) || (at > begin && (text[at] == '.' || text[at] == ',') &&
                                       at + 1 < text.size() && parse::IsDigit(text[at + 1]))))
    ++at;
  return at;
}

// Past a unit that stands at `at`, after blanks; `at` where there is none.
std::size_t UnitEnd(std::string_view text, std::size_t at) {
  const std::size_t begin = SkipBlanks(text, at);
  const std::string_view word = values::WordAt(text, begin);
  const std::string lower = values::LowerCase(word);
  const bool known = std::find(kUnits.begin(), kUnits.end(), lower) != kUnits.end();
  const std::size_t past = begin + word.size();
  return known && !values::IsWordAt(text, past) ? past : at;
}

// Past the "to" of a range: "-", "–", "to".
std::size_t RangeSignEnd(std::string_view text, std::size_t at) {
  at = SkipBlanks(text, at);
  for (const std::string_view sign : {"-", "–", "—", "to ", "bis "})
    if (text.substr(at).starts_with(sign)) return SkipBlanks(text, at + sign.size());
  return 0;
}

bool IsSeparator(char c) { return std::string_view(" :=-|@\t\n(").find(c) != std::string_view::npos; }

std::string_view WithoutSeparators(std::string_view text) {
  for (const std::string_view sign : {"–", "—", "→", "->", "="})
    if (const std::size_t at = text.find(sign); at != std::string_view::npos && at <= 1)
      text.remove_prefix(at + sign.size());
  while (!text.empty() && IsSeparator(text.front())) text.remove_prefix(1);
  while (!text.empty() && (IsSeparator(text.back()) || text.back() == ')')) text.remove_suffix(1);
  return text;
}

struct Break {
  Range quantity, price;
  values::Money money;
};

// "10 g - $80 each" in one text.
std::optional<Break> BreakIn(const Layout& layout, Range row, bool headed) {
  const std::string_view text = layout.At(row);
  if (text.size() > kLongestRow) return std::nullopt;
  const auto quantity = LeadingQuantity(text);
  if (!quantity || (quantity->plain && !headed)) return std::nullopt;
  auto money = values::FindMoney(text, quantity->end);
  if (!money) return std::nullopt;
  const std::string_view between = text.substr(quantity->end, money->begin - quantity->end);
  const std::string after =
      values::Normal(WithoutSeparators(text.substr(money->end, text.find('\n', money->end) - money->end)));
  const bool second = values::FindMoney(after).has_value();  // the same in a coin
  const bool ends = second || std::find(kAfterPrice.begin(), kAfterPrice.end(), after) != kAfterPrice.end();
  if (!WithoutSeparators(between).empty() || (!ends && !headed)) return std::nullopt;
  return Break{Part(row, quantity->begin, quantity->end), Part(row, money->begin, money->end),
               std::move(*money)};
}

bool HasColumn(const RowGroup& group, std::string_view name) {
  return std::find(group.columns.begin(), group.columns.end(), name) != group.columns.end();
}

class BulkReader final {
 public:
  explicit BulkReader(const Surroundings& at) : at_(at) {}

  std::vector<wire::Item> Run(const std::vector<RowGroup>& groups) {
    Taken taken;
    for (const RowGroup& group : groups) {
      if (taken.Overlaps(group)) continue;
      if (AddGroup(group)) taken.Take(group);
    }
    const Tree& tree = *at_.page.tree;
    for (NodeIndex i = 0; i < tree.nodes().size(); ++i)
      if (tree[i].tag == Tag::kSelect) AddMenu(i);
    std::stable_sort(items_.begin(), items_.end(),
                     [](const wire::Item& a, const wire::Item& b) { return a.span.begin < b.span.begin; });
    return std::move(items_);
  }

 private:
  bool AddGroup(const RowGroup& group) {
    const bool headed = HasColumn(group, "quantity") && HasColumn(group, "price");
    std::vector<wire::Item> found;
    std::size_t rows = 0;
    for (const Row& row : group.rows) {
      if (IsHeading(row)) continue;
      ++rows;
      if (row.lines.past - row.lines.first > kMostLines) continue;
      if (const auto step = BreakOf(group, row, headed))
        found.push_back(ItemOf(*step, row, headed ? 85 : 75));
    }
    const std::size_t least = headed ? 1 : 2;
    if (found.size() < least || found.size() * 4 < rows * 3 || items_.size() + found.size() > kMostRows)
      return false;
    std::move(found.begin(), found.end(), std::back_inserter(items_));
    return true;
  }

  [[nodiscard]] bool IsHeading(const Row& row) const {
    const Tree& tree = *at_.page.tree;
    const NodeIndex cell = at_.layout.lines[row.lines.first].cell;
    return tree[row.node].tag == Tag::kTr && cell != 0 && tree[cell].tag == Tag::kTh &&
           std::none_of(at_.money.begin() + row.lines.first, at_.money.begin() + row.lines.past,
                        [](const auto& money) { return money.has_value(); });
  }

  [[nodiscard]] std::optional<Break> BreakOf(const RowGroup& group, const Row& row, bool headed) const {
    if (!headed) return BreakIn(at_.layout, TextOf(at_.layout, row.lines), false);
    const Tree& tree = *at_.page.tree;
    const Range amount = CellOf(tree, at_.layout, group, row, "quantity");
    const Range price = CellOf(tree, at_.layout, group, row, "price");
    const auto quantity = LeadingQuantity(at_.layout.At(amount));
    auto money = values::FindMoney(at_.layout.At(price));
    if (!quantity || !money || amount.end - amount.begin > kLongestRow) return std::nullopt;
    return Break{TrimIn(at_.layout, amount), Part(price, money->begin, money->end), std::move(*money)};
  }

  [[nodiscard]] wire::Item ItemOf(const Break& step, const Row& row, std::uint8_t confidence) const {
    FieldList fields(at_.page, at_.layout);
    fields.Add(
        {.name = "quantity", .value = std::string(at_.layout.At(step.quantity)), .confidence = confidence},
        step.quantity);
    fields.Add({.name = "price",
                .type = wire::FieldType::kMoney,
                .value = step.money.amount,
                .unit = step.money.currency,
                .confidence = confidence},
               step.price);
    return MakeItem(at_, "bulk_price", row, fields);
  }

  void AddMenu(NodeIndex menu) {
    const Tree& tree = *at_.page.tree;
    std::vector<wire::Item> found;
    for (NodeIndex option = menu + 1; option < tree[menu].past && found.size() < kMostRows; ++option) {
      if (tree[option].tag != Tag::kOption) continue;
      const Row row{option, LinesBelow(tree, at_.layout, option)};
      if (row.lines.first == row.lines.past) continue;
      if (const auto step = BreakIn(at_.layout, TextOf(at_.layout, row.lines), false))
        found.push_back(ItemOf(*step, row, 75));
    }
    if (found.size() >= 2 && items_.size() + found.size() <= kMostRows)
      std::move(found.begin(), found.end(), std::back_inserter(items_));
  }

  const Surroundings& at_;
  std::vector<wire::Item> items_;
};

}  // namespace

std::optional<Quantity> LeadingQuantity(std::string_view text) {
  std::size_t at = SkipBlanks(text, 0);
  const std::size_t begin = at;
  bool marked = false;
  for (const std::string_view sign : {">=", "≥", ">", "from ", "From ", "ab "}) {
    if (!text.substr(at).starts_with(sign)) continue;
    at = SkipBlanks(text, at + sign.size());
    marked = true;
    break;
  }
  const std::size_t number = NumberEnd(text, at);
  if (number == at) return std::nullopt;
  std::size_t end = UnitEnd(text, number);
  bool unit = end > number;
  if (const std::size_t upper = RangeSignEnd(text, end); upper != 0) {
    const std::size_t past = NumberEnd(text, upper);
    const std::size_t with_unit = past == upper ? past : UnitEnd(text, past);
    // "5 - 9", but not the "10 - 80 USD" of a quantity and its price.
    const auto price = values::FindAmount(text.substr(upper));
    const bool money = price && !price->currency.empty() && price->begin <= 1 && with_unit == past;
    if (past > upper && !money) {
      end = with_unit;
      unit = marked = true;
    }
  }
  if (end < text.size() && text[end] == '+') {
    ++end;
    marked = true;
    end = std::max(end, UnitEnd(text, end));
  }
  if (values::IsWordAt(text, end)) return std::nullopt;
  return Quantity{begin, end, !unit && !marked};
}

std::vector<wire::Item> ReadBulkPrices(const Surroundings& at, const std::vector<RowGroup>& groups) {
  return BulkReader(at).Run(groups);
}

bool IsBulkPrice(std::string_view text) {
  Layout line;
  line.text = text;
  return BreakIn(line, {0, static_cast<std::uint32_t>(text.size())}, false).has_value();
}

}  // namespace nightjar::extract
