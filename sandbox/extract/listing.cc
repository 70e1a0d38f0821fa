// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/listing.h"

#include <algorithm>
#include <array>
#include <optional>

#include "sandbox/extract/labels.h"
#include "sandbox/extract/money.h"
#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestPlace = 80;
constexpr std::array<std::string_view, 1> kPriceClasses = {"price"};
constexpr std::array<std::string_view, 10> kProfileWords = {
    "user", "vendor", "seller", "profile", "member", "merchant", "shop", "store", "author", "/s/"};

constexpr std::array<std::string_view, 1> kCategoryClasses = {"categor"};
constexpr std::array<std::string_view, 4> kChosenClasses = {"selected", "active", "current", "chosen"};

Range Part(Range range, std::size_t begin, std::size_t end) {
  return {range.begin + static_cast<std::uint32_t>(begin), range.begin + static_cast<std::uint32_t>(end)};
}

Range TrimIn(const Layout& layout, Range range) {
  while (range.begin < range.end && parse::IsSpace(layout.text[range.begin])) ++range.begin;
  while (range.begin < range.end && parse::IsSpace(layout.text[range.end - 1])) --range.end;
  return range;
}

// --- price
// ---------------------------------------------------------------------------------------------------------

void AddMoney(const Money& money, Range within, std::uint8_t confidence, FieldList& fields) {
  fields.Add({.name = "price", .value = money.amount, .unit = money.currency, .confidence = confidence},
             Part(within, money.begin, money.end));
}

bool PriceFromLabel(const Surroundings& at, FieldList& fields) {
  const Pair* bare = nullptr;
  for (const Pair& pair : at.pairs) {
    if (pair.field != "price") continue;
    if (const auto money = FindMoney(at.layout.At(pair.value))) {
      AddMoney(*money, pair.value, pair.confidence, fields);
      return true;
    }
    if (bare == nullptr && FindAmount(at.layout.At(pair.value))) bare = &pair;
  }
  if (bare == nullptr) return false;
  AddMoney(*FindAmount(at.layout.At(bare->value)), bare->value, 50, fields);  // a number without a currency
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
    if (property == "priceCurrency") currency = CurrencyOf(tree.Value(node, "content"));
  }
  if (amount == nullptr || currency.empty()) return false;
  auto exact = ExactDecimal(parse::Trim(amount->value));
  if (!exact) return false;
  fields.AddFromAttribute({.name = "price", .value = std::move(*exact), .unit = currency, .confidence = 95},
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
      const auto money = FindMoney(text);
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

// --- vendor
// --------------------------------------------------------------------------------------------------------

// The link a run stands in, or 0.
NodeIndex LinkAround(const Tree& tree, NodeIndex node) {
  for (int steps = 0; node != 0 && steps < 4; ++steps) {
    node = tree[node].parent;
    if (tree[node].tag == Tag::kA) return node;
  }
  return 0;
}

// A name ends where its decoration begins: "DrParagon (100%)".
Range NameWithin(const Layout& layout, Range range) {
  std::string_view text = layout.At(range);
  text = text.substr(0, text.find('\n'));
  for (const std::string_view mark : {" (", " [", " |", " - ", ", ", " ★", " /"})
    text = text.substr(0, text.find(mark));
  return TrimIn(layout, Part(range, 0, text.size()));
}

bool AddName(const Surroundings& at, Range name, std::uint8_t confidence, FieldList& fields) {
  const std::string_view text = at.layout.At(name);
  if (text.empty() || text.size() > kLongestName) return false;
  fields.Add({.name = "vendor", .value = std::string(text), .confidence = confidence}, name);
  return true;
}

// The first link in the value is the name; else the value's beginning is.
bool VendorFromLabel(const Surroundings& at, FieldList& fields) {
  const Tree& tree = *at.page.tree;
  for (const Pair& pair : at.pairs) {
    if (pair.field != "vendor") continue;
    for (const Run& run : at.layout.runs) {
      if (run.range.begin < pair.value.begin || run.range.end > pair.value.end) continue;
      if (LinkAround(tree, run.node) == 0) continue;
      if (AddName(at, NameWithin(at.layout, run.range), pair.confidence, fields)) return true;
    }
    if (AddName(at, NameWithin(at.layout, pair.value), static_cast<std::uint8_t>(pair.confidence - 10),
                fields)) {
      return true;
    }
  }
  return false;
}

// The last part of a link's path or query: "user.php?u_id=bob" and "/s/bob/" both name bob.
std::string_view NamedByLink(std::string_view href) {
  href = href.substr(0, href.find('#'));
  while (href.ends_with('/')) href.remove_suffix(1);
  const std::size_t query = href.find('?');
  std::string_view named = href;
  if (query != std::string_view::npos) {
    named = href.substr(query + 1);
    named = named.substr(0, named.find('&'));
    const std::size_t equals = named.find('=');
    return equals == std::string_view::npos ? std::string_view() : named.substr(equals + 1);
  }
  const std::size_t slash = named.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : named.substr(slash + 1);
}

// A link to somebody's profile whose text is the name its address holds.
bool VendorFromProfileLink(const Surroundings& at, FieldList& fields) {
  const Tree& tree = *at.page.tree;
  for (const Line& line : at.layout.lines) {
    if (line.navigation || line.control) continue;
    for (std::uint32_t i = line.first_run; i < line.past_run; ++i) {
      const Run& run = at.layout.runs[i];
      const NodeIndex link = LinkAround(tree, run.node);
      if (link == 0) continue;
      const std::string_view href = tree.Value(tree[link], "href");
      const std::string_view named = NamedByLink(href);
      const Range name = NameWithin(at.layout, run.range);
      if (named.size() > 1 && ContainsAny(href, kProfileWords) &&
          parse::EqualsNoCase(at.layout.At(name), named)) {
        return AddName(at, name, 75, fields);
      }
    }
  }
  return false;
}

// --- places and categories
// -----------------------------------------------------------------------------------------

// The parts of a list of names: cut at separators, and where one element ends and another begins.
std::vector<Range> PartsOf(const Layout& layout, Range range, std::string_view separators) {
  std::vector<std::uint32_t> cuts = {range.begin};
  for (const Run& run : layout.runs) {
    if (run.range.begin > range.begin && run.range.begin < range.end) cuts.push_back(run.range.begin);
  }
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    if (separators.find(layout.text[i]) != std::string_view::npos) cuts.push_back(i + 1);
  }
  cuts.push_back(range.end);
  std::sort(cuts.begin(), cuts.end());
  std::vector<Range> parts;
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    Range part = TrimIn(layout, {cuts[i], cuts[i + 1]});
    while (part.begin < part.end && separators.find(layout.text[part.end - 1]) != std::string_view::npos)
      --part.end;
    part = TrimIn(layout, part);
    if (part.begin < part.end) parts.push_back(part);
  }
  return parts;
}

void ReadPlaces(const Surroundings& at, std::string_view field, FieldList& fields) {
  for (const Pair& pair : at.pairs) {
    if (pair.field != field) continue;
    for (const Range part : PartsOf(at.layout, pair.value, ",;/|\n")) {
      const std::string_view place = at.layout.At(part);
      if (place.size() > kLongestPlace) continue;
      fields.Add({.name = field, .value = std::string(place), .confidence = pair.confidence}, part);
    }
    if (fields.Has(field)) return;
  }
}

// "Drugs › Cannabis": the steps between arrows, root first, joined in one spelling.
std::optional<std::string> CategoryPath(const Layout& layout, Range range, std::string_view leave_out) {
  std::string text(layout.At(range));
  for (const std::string_view arrow : {"›", "»", "→", "::", "\n", "/", "|"}) {
    for (std::size_t at = text.find(arrow); at != std::string::npos; at = text.find(arrow, at + 1)) {
      text.replace(at, arrow.size(), ">");
    }
  }
  std::string path;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = rest.find('>');
    const std::string_view step = parse::Trim(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (step.empty() || step == leave_out || parse::EqualsNoCase(step, "home")) continue;
    path.append(path.empty() ? "" : " > ").append(step);
  }
  if (path.empty()) return std::nullopt;
  return path;
}

void CategoryFromLabel(const Surroundings& at, FieldList& fields) {
  for (const Pair& pair : at.pairs) {
    if (pair.field != "category") continue;
    auto path = CategoryPath(at.layout, pair.value, {});
    if (!path || path->size() > kLongestName * 2) continue;
    fields.Add({.name = "category", .value = std::move(*path), .confidence = pair.confidence}, pair.value);
    return;
  }
}

// A trail of links above the matter: its first step is the site itself when it leads to the root.
void CategoryFromCrumbs(const Surroundings& at, std::string_view title, FieldList& fields) {
  const Tree& tree = *at.page.tree;
  for (const Line& line : at.layout.lines) {
    if (!line.crumb) continue;
    Range trail = line.range;
    const Run& first = at.layout.runs[line.first_run];
    const NodeIndex link = LinkAround(tree, first.node);
    const std::string_view href = link == 0 ? std::string_view() : tree.Value(tree[link], "href");
    if (href == "/" || href == "./" || href == "index.php") trail.begin = first.range.end;
    auto path = CategoryPath(at.layout, trail, title);
    if (!path) continue;
    fields.Add({.name = "category", .value = std::move(*path), .confidence = 75}, TrimIn(at.layout, trail));
    return;
  }
}

// A menu of categories shows where the page belongs by its chosen entries, outermost first. A trailing count
// is not part of the name.
void CategoryFromMenu(const Surroundings& at, FieldList& fields) {
  const Tree& tree = *at.page.tree;
  std::string path;
  Range whole;
  NodeIndex past = 0;
  for (const Line& line : at.layout.lines) {
    const Run& run = at.layout.runs[line.first_run];
    NodeIndex entry = run.node;
    for (int steps = 0; steps < 3 && entry != 0; ++steps) {
      entry = tree[entry].parent;
      const std::string_view name = tree.Value(tree[entry], "class");
      if (ContainsAny(name, kCategoryClasses) && ContainsAny(name, kChosenClasses)) break;
    }
    const std::string_view name = tree.Value(tree[entry], "class");
    if (entry < past || !ContainsAny(name, kCategoryClasses) || !ContainsAny(name, kChosenClasses)) continue;
    path.append(path.empty() ? "" : " > ").append(at.layout.At(run.range));
    whole = whole.end == 0 ? run.range : Range{whole.begin, run.range.end};
    past = tree[entry].past;
  }
  if (!path.empty()) fields.Add({.name = "category", .value = std::move(path), .confidence = 50}, whole);
}

void ReadStock(const Surroundings& at, FieldList& fields) {
  for (const Pair& pair : at.pairs) {
    if (pair.field != "stock") continue;
    const auto amount = FindAmount(at.layout.At(pair.value));
    if (!amount || amount->amount.find('.') != std::string::npos) continue;
    fields.Add({.name = "stock", .value = amount->amount, .confidence = pair.confidence},
               Part(pair.value, amount->begin, amount->end));
    return;
  }
}

}  // namespace

void ReadPrice(const Surroundings& at, FieldList& fields) {
  (void)(PriceFromMicrodata(at, fields) || PriceFromLabel(at, fields) || PriceFromShape(at, fields));
}

void ReadVendor(const Surroundings& at, FieldList& fields) {
  (void)(VendorFromLabel(at, fields) || VendorFromProfileLink(at, fields));
}

void ReadListing(const Surroundings& at, FieldList& fields) {
  std::string title;
  if (const auto headline = FindHeadline(*at.page.tree, at.layout, at.page_title)) {
    title = at.layout.At(headline->range);
    fields.Add({.name = "title", .value = title, .confidence = headline->confidence}, headline->range);
  }
  ReadPrice(at, fields);
  ReadVendor(at, fields);
  CategoryFromLabel(at, fields);
  if (!fields.Has("category")) CategoryFromCrumbs(at, title, fields);
  if (!fields.Has("category")) CategoryFromMenu(at, fields);
  ReadPlaces(at, "ships_from", fields);
  ReadPlaces(at, "ships_to", fields);
  ReadStock(at, fields);
}

}  // namespace nightjar::extract
